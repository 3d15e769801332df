-- safe under running version: yes, because a search by plan always names one, which the smaller index holds.
DROP INDEX "actions_plan";--> statement-breakpoint
CREATE INDEX "actions_plan" ON "actions" USING btree ("plan_id") WHERE plan_id is not null;