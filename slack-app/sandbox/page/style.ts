export const STYLE = `
:root{--ink:#1d2330;--soft:#5a6475;--line:#dfe3ea;--ground:#fff;--side:#1f2a44;--side-ink:#dbe2f3;--accent:#2457c5;--go:#17694a;--stop:#b3261e;--tint:#f4f6fa;--quiet:#fff8e6}
*{box-sizing:border-box}
html,body{height:100%;margin:0}
body{display:grid;grid-template-columns:232px 1fr;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);background:var(--ground)}
.side{background:var(--side);color:var(--side-ink);padding:18px 14px;display:flex;flex-direction:column;gap:18px;overflow:auto}
.side h1{font-size:16px;margin:0;color:#fff;letter-spacing:.01em}
.side p{margin:4px 0 0;font-size:12.5px;color:#aebbd8}
.side label{display:block;font-size:12px;color:#aebbd8;margin-bottom:4px}
.side select{width:100%;padding:7px 8px;border-radius:8px;border:1px solid #46557c;background:#2a3758;color:#fff;font:inherit}
.side nav{display:flex;flex-direction:column;gap:2px}
.side nav a{color:var(--side-ink);text-decoration:none;padding:5px 10px;border-radius:7px}
.side nav a[aria-current]{background:#3b5ba8;color:#fff;font-weight:600}
.side nav a:hover{background:#2f3d61}
.side nav a[aria-current]:hover{background:#3b5ba8}
main{display:grid;grid-template-rows:auto 1fr auto;min-width:0;height:100vh}
main>header{padding:13px 24px;border-bottom:1px solid var(--line);display:flex;gap:12px;align-items:baseline}
main>header h2{margin:0;font-size:17px}
main>header span{color:var(--soft);font-size:13px}
#scroll{overflow:auto;padding:14px 24px 24px}
ol.messages,ol.thread{list-style:none;margin:0;padding:0}
ol.thread{margin:0 0 4px 46px;border-left:2px solid var(--line);padding-left:10px}
.message{display:grid;grid-template-columns:36px minmax(0,1fr);gap:10px;padding:9px 8px;border-radius:10px}
.message:hover{background:#fafbfd}
.message.private{background:var(--quiet)}
.thread .message{grid-template-columns:26px minmax(0,1fr);padding:5px 6px}
.thread .avatar{width:26px;height:26px;font-size:12px;border-radius:7px}
.avatar{width:36px;height:36px;border-radius:9px;background:#8a93a6;color:#fff;display:grid;place-items:center;font-weight:700}
.avatar.app{background:var(--go)}
.body{min-width:0;max-width:740px}
.body a:not(.btn){color:var(--accent)}
.emoji.green{color:var(--go)}.emoji.red{color:var(--stop)}.emoji.amber{color:#8a5a00}.emoji.blue{color:var(--accent)}.emoji.grey{color:#7a8496}
.meta{margin:0;display:flex;gap:8px;align-items:baseline;flex-wrap:wrap}
.badge{font-size:11px;background:#e8ebf1;color:var(--soft);border-radius:4px;padding:0 5px}
.clock,.note{font-size:12px;color:var(--soft)}
.note{font-style:italic}
.said{margin:1px 0 0}
.blocks{display:flex;flex-direction:column;gap:9px;margin-top:3px}
.b-header{margin:2px 0 0;font-size:18px;line-height:1.35;font-weight:750}
.b-section{display:flex;gap:16px;justify-content:space-between;align-items:flex-start}
.b-main{min-width:0;flex:1}
.b-section p{margin:0;overflow-wrap:anywhere}
.b-fields{display:grid;grid-template-columns:1fr 1fr;gap:8px 20px}
.b-context{display:flex;flex-wrap:wrap;gap:4px 12px;font-size:13px;color:var(--soft);overflow-wrap:anywhere}
.b-context img{width:18px;height:18px;border-radius:4px}
.b-context br:last-child,.b-section br:last-child,.said br:last-child{display:none}
.b-image{max-width:420px;max-height:300px;border-radius:10px;border:1px solid var(--line)}
.b-thumb{width:84px;height:84px;object-fit:cover;border-radius:8px}
.b-actions{display:flex;flex-wrap:wrap;gap:8px;margin-top:2px}
blockquote{margin:2px 0;padding:1px 0 1px 12px;border-left:3px solid #c9d0dc;color:#3b4454}
blockquote br:last-child{display:none}
code{background:var(--tint);border:1px solid var(--line);border-radius:5px;padding:0 4px;font-size:13px}
.mention{background:#e6eefc;color:#1c4aa8;border-radius:4px;padding:0 3px}
.mention.loud{background:#ffe9b8;color:#6b4a00}
.btn{font:inherit;font-weight:600;font-size:14px;padding:5px 13px;border-radius:8px;border:1px solid #bcc4d1;background:#fff;color:var(--ink);cursor:pointer;text-decoration:none;line-height:1.45}
.btn:hover{background:var(--tint)}
.btn.primary{background:var(--go);border-color:var(--go);color:#fff}
.btn.primary:hover{background:#12573d}
.btn.danger{color:var(--stop);border-color:#dba5a1}
.btn.danger:hover{background:#fdf1f0}
.btn:disabled{opacity:.55;cursor:progress}
select.btn{max-width:230px}
.overflow{position:relative}
.overflow summary{list-style:none}
.overflow summary::-webkit-details-marker{display:none}
.menu{position:absolute;z-index:5;top:calc(100% + 4px);left:0;background:#fff;border:1px solid var(--line);border-radius:10px;box-shadow:0 8px 28px #1d233026;padding:6px;display:flex;flex-direction:column;min-width:240px}
.menu button{font:inherit;text-align:left;border:0;background:none;padding:7px 10px;border-radius:7px;cursor:pointer}
.menu button:hover{background:var(--tint)}
#composer{display:flex;gap:10px;padding:12px 24px 18px;border-top:1px solid var(--line)}
#composer input{flex:1;font:inherit;padding:9px 13px;border:1px solid #bcc4d1;border-radius:10px}
.empty{color:var(--soft);text-align:center;margin-top:18vh}
dialog{border:0;border-radius:14px;padding:0;width:min(560px,94vw);box-shadow:0 24px 80px #1d233055;color:inherit}
dialog::backdrop{background:#141a2880}
.modal header,.modal footer{display:flex;align-items:center;padding:15px 22px;gap:10px}
.modal header{justify-content:space-between;border-bottom:1px solid var(--line)}
.modal footer{justify-content:flex-end;border-top:1px solid var(--line)}
.modal h2{margin:0;font-size:18px}
.modal-body{padding:18px 22px;display:flex;flex-direction:column;gap:16px;max-height:62vh;overflow:auto}
.icon{border:0;background:none;font-size:16px;cursor:pointer;padding:4px 8px;border-radius:7px;color:var(--soft)}
.icon:hover{background:var(--tint)}
.field label,.field legend{font-weight:650;display:block;margin-bottom:5px;padding:0}
.field fieldset{border:0;margin:0;padding:0}
.field label.tick{font-weight:400;display:flex;gap:8px;align-items:center}
.field input:not([type=checkbox]):not([type=radio]),.field textarea,.field select{width:100%;font:inherit;padding:8px 11px;border:1px solid #bcc4d1;border-radius:9px;background:#fff;color:inherit}
.field.bad input,.field.bad textarea,.field.bad select{border-color:var(--stop)}
.optional{font-weight:400;color:var(--soft)}
.hint{margin:5px 0 0;font-size:13px;color:var(--soft)}
.error{margin:5px 0 0;font-size:13.5px;color:var(--stop)}
:focus-visible{outline:3px solid #7fa6f8;outline-offset:1px}
#toast{position:fixed;left:50%;bottom:84px;transform:translateX(-50%);background:#2b2f3a;color:#fff;padding:9px 16px;border-radius:10px;max-width:80vw}
#toast:empty{display:none}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (max-width:720px){body{grid-template-columns:1fr}.side{flex-direction:row;align-items:center;flex-wrap:wrap}.side nav{flex-direction:row}main{height:auto;min-height:80vh}.b-fields{grid-template-columns:1fr}}
`
