/**
 * At most how long a person looked, in seconds (section 4.3 of the trust model): since the card was posted and since
 * their press before, at most 30 minutes, shared by what was decided with the same press; null where no press tells. Of
 * the decision `d` in a workspace `$1`; `subjects`: what its card may be filed under.
 */
export const pressSeconds = (subjects: string): string => `case when d.via = 'slack' then least(1800,
        extract(epoch from d.at - (
          select min(m.claimed_at) from messages m where m.workspace_id = $1 and m.subject in (${subjects}))),
        extract(epoch from d.at - (
          select max(o.at) from decisions o
          where o.workspace_id = $1 and o.by_id = d.by_id and o.via = 'slack' and o.at < d.at)))
      / (select count(*) from decisions o
          where o.workspace_id = $1 and o.by_id = d.by_id and o.via = 'slack' and o.at = d.at) end`
