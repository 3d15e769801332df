import { html } from 'hono/html'
import { PROBLEMS, problemType } from '../problem-kinds.ts'

const ASSETS = '/docs/assets'

/** Scripts and styles come from this origin alone; nothing is evaluated. Swagger UI sets style attributes. */
export const DOCS_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The files of swagger-ui-dist that the page needs; nothing else is asked of `docsAsset`. */
export const DOCS_ASSETS: readonly string[] = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

export const apiPage = () => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tenure API</title>
<link rel="icon" type="image/png" href="${ASSETS}/favicon-32x32.png">
<link rel="stylesheet" href="${ASSETS}/swagger-ui.css">
</head>
<body>
<noscript>This page needs scripts. The description itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<div id="api"></div>
<script src="${ASSETS}/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>`

export const START_SCRIPT = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
})
`

export const problemsPage = () => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tenure: problems and what to do</title>
<link rel="stylesheet" href="/docs/problems.css">
</head>
<body>
<main>
<h1>Problems and what to do</h1>
<p>Every error is <code>application/problem+json</code>. Its <code>type</code> is one of these and never changes its meaning; <code>detail</code> says what happened in this case; <code>instance</code> is the id of the request.</p>
${Object.entries(PROBLEMS).map(
  ([kind, { status, title, todo }]) => html`<section id="${kind}">
<h2>${title}</h2>
<p><code>${status}</code> <code>${problemType(kindOf(kind))}</code></p>
<p>${todo}</p>
</section>
`,
)}
</main>
</body>
</html>`

export const PROBLEMS_STYLE = `:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 44rem; padding: 2rem 1rem; }
section:target { outline: 2px solid; outline-offset: .5rem; }
code { font-size: .9em; }
`

function kindOf(key: string): keyof typeof PROBLEMS {
  // safe: the keys of PROBLEMS.
  return key as keyof typeof PROBLEMS
}
