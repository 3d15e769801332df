-- safe under running version: yes, because a column with a default changes nothing that it reads or writes. What it lends
-- meanwhile counts as lent by its lender, like everything before.
ALTER TABLE "delegations" ADD COLUMN "hands" text[] DEFAULT '{}' NOT NULL;
