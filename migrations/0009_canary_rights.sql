-- safe under running version: yes, because the running version does not know the table.
-- It holds nothing of anybody. Read by the login itself, in no transaction: only such a read could come from a cache.
alter table canaries enable row level security;--> statement-breakpoint
alter table canaries force row level security;--> statement-breakpoint
create policy everybody on canaries using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on canaries to tenure_system;
