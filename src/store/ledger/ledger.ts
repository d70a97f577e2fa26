/** Briefings, deliveries, sources, problems and installations: plain rows, the same SQL on both engines. */
import type { Briefing, DeliveredPage, Delivery, Instant, Tenant } from '../../model.ts';
import { type Mark, marksNow } from '../asking/moved.ts';
import { StoreError } from '../errors.ts';
import { instant, keyText, storable } from '../rows.ts';
import { milliseconds } from '../slots.ts';
import { one, type Sql, type Value } from '../sql.ts';
import type {
  BriefingChange,
  Claim,
  NewBriefing,
  NewSource,
  Problem,
  Settlement,
  Source,
  SourceChange,
} from '../store.ts';
import { addPosting, removePosting } from './postings.ts';
import { removeReport, reports } from './reports.ts';

// ---------------------------------------------------------------- briefings

interface BriefingRow {
  readonly id: number;
  readonly tenant: string;
  readonly platform: string;
  readonly channel: string;
  readonly state: string;
  readonly settled_to: number;
  /** 0: at once. */
  readonly next_at: number;
  readonly data: string;
}
/** What is only ever read whole. */
type BriefingData = Omit<Briefing, 'id' | 'tenant' | 'platform' | 'channel' | 'state' | 'settledTo' | 'nextAt'>;

const briefingColumns = 'id, tenant, platform, channel, state, settled_to, next_at, data';

const briefingOf = (row: BriefingRow): Briefing => ({
  ...(JSON.parse(row.data) as BriefingData),
  id: row.id,
  tenant: row.tenant,
  platform: row.platform,
  channel: row.channel,
  state: row.state as Briefing['state'],
  settledTo: instant(row.settled_to),
  ...(row.next_at > 0 && { nextAt: instant(row.next_at) }),
});

/** In the order of the columns platform, channel, state, settled_to, next_at, data. */
function briefingValues(briefing: NewBriefing & { readonly id?: number }): Value[] {
  const { id: _id, tenant: _tenant, platform, channel, state, settledTo, nextAt, ...data } = briefing;
  return [
    storable(platform),
    storable(channel),
    state,
    milliseconds(settledTo),
    dueTime(nextAt),
    storable(JSON.stringify(data satisfies BriefingData)),
  ];
}

const dueTime = (nextAt: Instant | undefined): number => (nextAt === undefined ? 0 : Math.max(milliseconds(nextAt), 1));

export async function addBriefing(sql: Sql, briefing: NewBriefing): Promise<Briefing> {
  const [row] = await sql.insert<BriefingRow>(
    'briefings (tenant, platform, channel, state, settled_to, next_at, data)',
    [[storable(briefing.tenant), ...briefingValues(briefing)]],
    `RETURNING ${briefingColumns}`,
  );
  return briefingOf(row!);
}

export async function briefing(sql: Sql, id: number): Promise<Briefing | undefined> {
  if (!Number.isSafeInteger(id)) return undefined;
  const row = await one<BriefingRow>(sql, `SELECT ${briefingColumns} FROM briefings WHERE id = $1`, id);
  return row && briefingOf(row);
}

export async function briefings(
  sql: Sql,
  filter: { tenant?: Tenant; platform?: string; channel?: string; state?: Briefing['state'] },
): Promise<readonly Briefing[]> {
  const conditions: string[] = [];
  const values: Value[] = [];
  for (const name of ['tenant', 'platform', 'channel', 'state'] as const) {
    const value = filter[name];
    if (value === undefined) continue;
    values.push(value);
    conditions.push(`${name} = $${values.length}`);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const rows = await sql.all<BriefingRow>(`SELECT ${briefingColumns} FROM briefings ${where} ORDER BY id`, ...values);
  return rows.map(briefingOf);
}

export async function dueBriefings(
  sql: Sql,
  query: { platform: string; now: Instant; limit: number; except?: readonly Tenant[] },
): Promise<readonly Briefing[]> {
  const { except = [] } = query;
  const others = except.length > 0 ? `AND NOT (${sql.dialect.among('tenant', '$4', 'text')})` : '';
  const rows = await sql.all<BriefingRow>(
    `SELECT ${briefingColumns} FROM briefings WHERE platform = $1 AND state = 'active' AND next_at <= $2 ${others}
     ORDER BY next_at, id LIMIT $3`,
    query.platform,
    milliseconds(query.now),
    query.limit,
    ...(except.length > 0 ? [JSON.stringify(except)] : []),
  );
  return rows.map(briefingOf);
}

export async function changeBriefing(sql: Sql, id: number, change: BriefingChange): Promise<Briefing | undefined> {
  if (!Number.isSafeInteger(id)) return undefined;
  // Takes the row first: what another process writes between our reading and our writing would be lost.
  await sql.all('UPDATE briefings SET state = state WHERE id = $1', id);
  const before = await briefing(sql, id);
  if (!before) return undefined;
  // A key that is present with `undefined` takes the value away (a topic, a reason).
  const after = Object.fromEntries(
    Object.entries({
      ...before,
      nextAt: undefined,
      ...change,
      tenant: before.tenant,
      platform: before.platform,
    }).filter(([, value]) => value !== undefined),
  ) as unknown as Briefing;
  await sql.all(
    'UPDATE briefings SET platform = $2, channel = $3, state = $4, settled_to = $5, next_at = $6, data = $7 WHERE id = $1',
    id,
    ...briefingValues(after),
  );
  return briefing(sql, id);
}

export async function removeBriefing(sql: Sql, id: number): Promise<boolean> {
  if (!Number.isSafeInteger(id)) return false;
  for (const table of ['posting_articles', 'postings'])
    await sql.all(`DELETE FROM ${table} WHERE delivery_key IN (SELECT key FROM deliveries WHERE briefing_id = $1)`, id);
  await sql.all('DELETE FROM pages WHERE delivery_key IN (SELECT key FROM deliveries WHERE briefing_id = $1)', id);
  await sql.all('DELETE FROM deliveries WHERE briefing_id = $1', id);
  const [gone] = await sql.all<{ platform: string; channel: string }>(
    'DELETE FROM briefings WHERE id = $1 RETURNING platform, channel',
    id,
  );
  if (!gone) return false;
  // What a channel was shown is kept for its briefings; with the last one it goes.
  await sql.all(
    `DELETE FROM shown WHERE platform = $1 AND channel = $2
     AND NOT EXISTS (SELECT 1 FROM briefings WHERE platform = $1 AND channel = $2)`,
    gone.platform,
    gone.channel,
  );
  return true;
}

// ---------------------------------------------------------------- deliveries

interface DeliveryRow {
  readonly key: string;
  readonly briefing_id: number;
  readonly due_at: number;
  readonly state: string;
  readonly claimed_by: string;
  readonly claimed_at: number;
  readonly attempts: number;
  readonly settled_at: number | null;
  readonly outcome: string | null;
}

const deliveryColumns = 'key, briefing_id, due_at, state, claimed_by, claimed_at, attempts, settled_at, outcome';

const deliveryOf = (row: DeliveryRow): Delivery => ({
  key: row.key,
  briefingId: row.briefing_id,
  dueAt: instant(row.due_at),
  state: row.state as Delivery['state'],
  claimedBy: row.claimed_by,
  claimedAt: instant(row.claimed_at),
  attempts: row.attempts,
  ...(row.settled_at !== null && { settledAt: instant(row.settled_at) }),
  ...(row.outcome !== null && { outcome: row.outcome }),
});

export interface ClaimRequest {
  readonly key: string;
  readonly briefingId: number;
  readonly dueAt: Instant;
  readonly by: string;
  readonly now: Instant;
  readonly leaseMs: number;
}

/** The unique key decides: of all who insert, one does. */
export async function claimDelivery(sql: Sql, claim: ClaimRequest): Promise<Claim> {
  const now = milliseconds(claim.now);
  const fresh = await sql.insert(
    'deliveries (key, briefing_id, due_at, state, claimed_by, claimed_at, attempts)',
    [[claim.key, claim.briefingId, milliseconds(claim.dueAt), 'claimed', claim.by, now, 1]],
    'ON CONFLICT (key) DO NOTHING RETURNING key',
  );
  if (fresh.length > 0) return 'fresh';
  const taken = await sql.all(
    `UPDATE deliveries SET claimed_by = $2, claimed_at = $3, attempts = attempts + 1
     WHERE key = $1 AND state = 'claimed' AND claimed_at <= $4 RETURNING key`,
    claim.key,
    claim.by,
    now,
    now - claim.leaseMs,
  );
  if (taken.length > 0) return 'takeover';
  const row = await one<{ state: string }>(sql, 'SELECT state FROM deliveries WHERE key = $1', claim.key);
  return row?.state === 'claimed' ? 'busy' : 'settled';
}

export async function renewClaim(sql: Sql, key: string, by: string, now: Instant): Promise<boolean> {
  const rows = await sql.all(
    `UPDATE deliveries SET claimed_at = $3 WHERE key = $1 AND claimed_by = $2 AND state = 'claimed' RETURNING key`,
    key,
    by,
    milliseconds(now),
  );
  return rows.length > 0;
}

export async function pages(sql: Sql, deliveryKey: string): Promise<readonly DeliveredPage[]> {
  const rows = await sql.all<{ n: number; state: string; message_id: string | null }>(
    'SELECT n, state, message_id FROM pages WHERE delivery_key = $1 ORDER BY n',
    deliveryKey,
  );
  return rows.map((row) => ({
    key: `${deliveryKey}#${row.n}`,
    n: row.n,
    state: row.state as DeliveredPage['state'],
    ...(row.message_id !== null && { messageId: row.message_id }),
  }));
}

/** The claim is renewed first: who finds it taken over notes nothing, and nobody takes over what was just renewed. */
export async function startPage(
  sql: Sql,
  { key, n, by, now }: { key: string; n: number; by: string; now: Instant },
): Promise<boolean> {
  if (!(await renewClaim(sql, key, by, now))) return false;
  await sql.insert('pages (delivery_key, n, state)', [[key, n, 'sending']], 'ON CONFLICT (delivery_key, n) DO NOTHING');
  return true;
}

export async function postedPage(sql: Sql, deliveryKey: string, n: number, messageId: string): Promise<void> {
  await sql.insert(
    'pages (delivery_key, n, state, message_id)',
    [[deliveryKey, n, 'posted', messageId]],
    'ON CONFLICT (delivery_key, n) DO UPDATE SET state = excluded.state, message_id = excluded.message_id',
  );
}

export async function unsentPage(sql: Sql, deliveryKey: string, n: number, by: string): Promise<void> {
  await sql.all(
    `DELETE FROM pages WHERE delivery_key = $1 AND n = $2 AND state = 'sending'
     AND EXISTS (SELECT 1 FROM deliveries WHERE key = $1 AND claimed_by = $3)`,
    deliveryKey,
    n,
    by,
  );
}

export async function settleDelivery(sql: Sql, end: Settlement): Promise<void> {
  const now = milliseconds(end.now);
  if (end.lastPage) await postedPage(sql, end.key, end.lastPage.n, end.lastPage.messageId);
  const row = await one<{ briefing_id: number; due_at: number }>(
    sql,
    `UPDATE deliveries SET state = $2, outcome = $3, settled_at = $4 WHERE key = $1 AND state = 'claimed'
     RETURNING briefing_id, due_at`,
    end.key,
    end.state,
    storable(end.outcome),
    now,
  );
  if (!row) return;
  if (end.posting) await addPosting(sql, end.key, end.now, end.posting);
  const to = await one<{ platform: string; channel: string }>(
    sql,
    `UPDATE briefings SET settled_to = CASE WHEN settled_to < $2 THEN $2 ELSE settled_to END, next_at = $3 WHERE id = $1
     RETURNING platform, channel`,
    row.briefing_id,
    row.due_at,
    dueTime(end.nextAt),
  );
  if (!to || end.storiesShown.length === 0) return;
  await sql.insert(
    'shown (platform, channel, story_id, at, first_at)',
    [...new Set(end.storiesShown)].sort((a, b) => a - b).map((id): Value[] => [to.platform, to.channel, id, now, now]),
    'ON CONFLICT (platform, channel, story_id) DO UPDATE SET at = excluded.at',
  );
}

export async function deliveries(sql: Sql, briefingId: number, limit: number): Promise<readonly Delivery[]> {
  if (!Number.isSafeInteger(briefingId)) return [];
  const rows = await sql.all<DeliveryRow>(
    `SELECT ${deliveryColumns} FROM deliveries WHERE briefing_id = $1 ORDER BY due_at DESC LIMIT $2`,
    briefingId,
    limit,
  );
  return rows.map(deliveryOf);
}

export async function openDeliveries(sql: Sql, limit: number): Promise<readonly Delivery[]> {
  const rows = await sql.all<DeliveryRow>(
    `SELECT ${deliveryColumns} FROM deliveries WHERE state = 'claimed' ORDER BY claimed_at LIMIT $1`,
    limit,
  );
  return rows.map(deliveryOf);
}

export async function postingProcesses(sql: Sql, platform: string, since: Instant): Promise<number> {
  const row = await one<{ n: number }>(
    sql,
    `SELECT count(DISTINCT d.claimed_by) AS n FROM deliveries d JOIN briefings b ON b.id = d.briefing_id
     WHERE d.state = 'claimed' AND d.claimed_at >= $2 AND b.platform = $1`,
    platform,
    milliseconds(since),
  );
  return row?.n ?? 0;
}

/** A batch of what is older: settled deliveries with their pages, what channels were shown, and reports. */
export async function forgetDeliveries(sql: Sql, query: { before: Instant; limit: number }): Promise<number> {
  const before = milliseconds(query.before);
  const old = await sql.all<{ key: string }>(
    'SELECT key FROM deliveries WHERE settled_at IS NOT NULL AND settled_at < $1 ORDER BY settled_at LIMIT $2',
    before,
    query.limit,
  );
  for (const { key } of old) {
    await removePosting(sql, key);
    await sql.all('DELETE FROM pages WHERE delivery_key = $1', key);
    await sql.all('DELETE FROM deliveries WHERE key = $1', key);
  }
  const forgotten = await sql.all<{ platform: string; channel: string; story_id: number }>(
    'SELECT platform, channel, story_id FROM shown WHERE at < $1 ORDER BY at LIMIT $2',
    before,
    query.limit,
  );
  for (const { platform, channel, story_id } of forgotten)
    await sql.all(
      'DELETE FROM shown WHERE platform = $1 AND channel = $2 AND story_id = $3',
      platform,
      channel,
      story_id,
    );
  const reported = await sql.all<{ id: number }>(
    'SELECT id FROM reports WHERE last_at < $1 ORDER BY last_at LIMIT $2',
    before,
    query.limit,
  );
  for (const { id } of reported) await removeReport(sql, id);
  return old.length + forgotten.length + reported.length;
}

/** More than a channel sees in a year of daily digests; older ones no longer matter to "only new". */
const MOST_SHOWN = 5000;

export async function shown(
  sql: Sql,
  platform: string,
  channel: string,
  since?: Instant,
): Promise<ReadonlyMap<number, Instant>> {
  const ask = (from: number, limit: number) =>
    sql.all<Mark>(
      'SELECT story_id, at, coalesce(first_at, at) AS first_at FROM shown WHERE platform = $1 AND channel = $2 AND at >= $3 ORDER BY at DESC LIMIT $4',
      platform,
      channel,
      from,
      limit,
    );
  const recent = await ask(since === undefined ? Number.MIN_SAFE_INTEGER : milliseconds(since), MOST_SHOWN);
  const rows = recent.length > 0 || since === undefined ? recent : await ask(Number.MIN_SAFE_INTEGER, 1);
  return new Map([...(await marksNow(sql, rows))].map(([id, at]) => [id, instant(at)]));
}

// ---------------------------------------------------------------- sources

interface SourceRow {
  readonly id: number;
  readonly tenant: string;
  readonly kind: string;
  readonly address: string;
  readonly title: string | null;
  readonly added_by: string;
  readonly added_at: number;
  readonly state: string;
  readonly reason: string | null;
  readonly failures: number;
  readonly checked_at: number | null;
  readonly next_at: number | null;
  readonly memo: string | null;
}

const sourceColumns =
  'id, tenant, kind, address, title, added_by, added_at, state, reason, failures, checked_at, next_at, memo';

function sourceOf(row: SourceRow, articles: number): Source {
  return {
    id: row.id,
    tenant: row.tenant,
    kind: row.kind as Source['kind'],
    address: row.address,
    ...(row.title !== null && { title: row.title }),
    addedBy: row.added_by,
    addedAt: instant(row.added_at),
    state: row.state as Source['state'],
    ...(row.reason !== null && { reason: row.reason }),
    failures: row.failures,
    ...(row.checked_at !== null && { checkedAt: instant(row.checked_at) }),
    ...(row.next_at !== null && { nextAt: instant(row.next_at) }),
    articles,
    ...(row.memo !== null && { memo: JSON.parse(row.memo) as Record<string, string> }),
  };
}

const LONGEST_ADDRESS = 2000;

/** Adding the same address twice gives the source that is there. */
export async function addSource(sql: Sql, source: NewSource): Promise<Source> {
  const bytes = Buffer.byteLength(source.address);
  if (bytes > LONGEST_ADDRESS)
    throw new StoreError('invalid', `source: expected an address of at most ${LONGEST_ADDRESS} bytes, got ${bytes}`);
  await sql.insert(
    'sources (tenant, kind, address, title, added_by, added_at, state, failures, memo)',
    [
      [
        storable(source.tenant),
        source.kind,
        storable(source.address),
        source.title === undefined ? null : storable(source.title),
        storable(source.addedBy),
        milliseconds(source.addedAt),
        'ok',
        0,
        source.memo === undefined ? null : storable(JSON.stringify(source.memo)),
      ],
    ],
    'ON CONFLICT (tenant, address) DO NOTHING',
  );
  const row = await one<SourceRow>(
    sql,
    `SELECT ${sourceColumns} FROM sources WHERE tenant = $1 AND address = $2`,
    storable(source.tenant),
    storable(source.address),
  );
  return sourceOf(row!, await articlesFrom(sql, row!));
}

/** The reader's own sources; without a tenant, everyone's. */
export async function sources(sql: Sql, tenant?: Tenant): Promise<readonly Source[]> {
  const rows = await (tenant === undefined
    ? sql.all<SourceRow>(`SELECT ${sourceColumns} FROM sources ORDER BY id`)
    : sql.all<SourceRow>(`SELECT ${sourceColumns} FROM sources WHERE tenant = $1 ORDER BY id`, tenant));
  const all: Source[] = [];
  for (const row of rows) all.push(sourceOf(row, await articlesFrom(sql, row)));
  return all;
}

export async function dueSources(
  sql: Sql,
  { now, limit }: { now: Instant; limit: number },
): Promise<readonly Source[]> {
  const rows = await sql.all<SourceRow>(
    `SELECT ${sourceColumns} FROM sources WHERE kind <> 'path' AND state <> 'paused' AND coalesce(next_at, 0) <= $1
     ORDER BY coalesce(next_at, 0) LIMIT $2`,
    milliseconds(now),
    limit,
  );
  return rows.map((row) => sourceOf(row, 0));
}

/** Most origins looked at for one folder: a list of sources must not read a million names. */
const MOST_ORIGINS = 20_000;

async function articlesFrom(sql: Sql, { tenant, kind, address }: SourceRow): Promise<number> {
  const row =
    kind === 'path'
      ? await one<{ n: number | null }>(
          sql,
          `SELECT sum(n) AS n FROM (SELECT n FROM origins WHERE tenant = $1 AND origin >= $2 AND origin < $3 LIMIT ${MOST_ORIGINS}) o`,
          tenant,
          address,
          `${address}\u{10FFFF}`,
        )
      : await one<{ n: number | null }>(
          sql,
          'SELECT n FROM origins WHERE tenant = $1 AND origin = $2',
          tenant,
          address,
        );
  return Number(row?.n ?? 0);
}

export async function changeSource(sql: Sql, id: number, change: SourceChange): Promise<void> {
  const row = await one<SourceRow>(sql, `SELECT ${sourceColumns} FROM sources WHERE id = $1`, id);
  if (!row) return;
  const after = { ...sourceOf(row, 0), ...change };
  await sql.all(
    'UPDATE sources SET title = $2, state = $3, reason = $4, failures = $5, checked_at = $6, next_at = $7, memo = $8 WHERE id = $1',
    id,
    after.title === undefined ? null : storable(after.title),
    after.state,
    after.reason === undefined ? null : storable(after.reason),
    after.failures,
    after.checkedAt === undefined ? null : milliseconds(after.checkedAt),
    after.nextAt === undefined ? null : milliseconds(after.nextAt),
    after.memo === undefined ? null : storable(JSON.stringify(after.memo)),
  );
}

export async function removeSource(sql: Sql, id: number): Promise<boolean> {
  if (!Number.isSafeInteger(id)) return false;
  return (await sql.all('DELETE FROM sources WHERE id = $1 RETURNING id', id)).length > 0;
}

// ---------------------------------------------------------------- problems

export async function noteProblem(sql: Sql, problem: Problem): Promise<void> {
  await sql.insert(
    'problems (tenant, origin, reason, at)',
    [[storable(problem.tenant), keyText(problem.origin), storable(problem.reason), milliseconds(problem.at)]],
    'ON CONFLICT (tenant, origin) DO UPDATE SET reason = excluded.reason, at = excluded.at',
  );
}

export async function clearProblem(sql: Sql, origin: string): Promise<void> {
  await sql.all('DELETE FROM problems WHERE origin = $1', keyText(origin));
}

export async function problems(sql: Sql, tenant: Tenant, limit: number): Promise<readonly Problem[]> {
  const rows = await sql.all<{ origin: string; tenant: string; reason: string; at: number }>(
    'SELECT origin, tenant, reason, at FROM problems WHERE tenant = $1 ORDER BY at DESC, origin LIMIT $2',
    tenant,
    limit,
  );
  return rows.map((row) => ({ ...row, at: instant(row.at) }));
}

// ---------------------------------------------------------------- installations and privacy

export async function putInstallation(sql: Sql, tenant: Tenant, data: string): Promise<void> {
  await sql.insert(
    'installations (tenant, data)',
    [[storable(tenant), storable(data)]],
    'ON CONFLICT (tenant) DO UPDATE SET data = excluded.data',
  );
}

export async function installation(sql: Sql, tenant: Tenant): Promise<string | undefined> {
  return (await one<{ data: string }>(sql, 'SELECT data FROM installations WHERE tenant = $1', tenant))?.data;
}

/** Articles beyond this many are counted, not listed: an answer has to fit in memory. */
const MOST_EXPORTED = 50_000;

export async function exportTenant(sql: Sql, tenant: Tenant): Promise<unknown> {
  const own = await briefings(sql, { tenant });
  const history: Delivery[] = [];
  for (const { id } of own) history.push(...(await deliveries(sql, id, 10_000)));
  const articles = await sql.all<{ head: string }>(
    `SELECT v.head FROM articles a JOIN versions v ON v.vid = a.vid WHERE a.tenant = $1 AND a.tenant <> '' ORDER BY a.id LIMIT $2`,
    tenant,
    MOST_EXPORTED,
  );
  return {
    tenant,
    briefings: own,
    deliveries: history,
    sources: await sources(sql, tenant),
    problems: await problems(sql, tenant, 10_000),
    reports: await reports(sql, { tenant, limit: 10_000 }),
    articles: articles.map(({ head }) => JSON.parse(head) as unknown),
    installation: (await installation(sql, tenant)) === undefined ? 'none' : 'stored, encrypted; not part of an export',
  };
}

/** Everything of a tenant but its articles, which `eraseArticle` takes one by one. */
export async function removeTenantRows(sql: Sql, tenant: Tenant): Promise<void> {
  refuseOperator(tenant);
  const own = await briefings(sql, { tenant });
  for (const { id } of own) await removeBriefing(sql, id);
  for (const table of [
    'sources',
    'origins',
    'problems',
    'reports',
    'installations',
    'outlets',
    'totals',
    'terms',
    'aliases',
  ])
    await sql.all(`DELETE FROM ${table} WHERE tenant = $1`, tenant);
  await sql.all('DELETE FROM speaker_keys WHERE tenant = $1', tenant);
  await sql.all(`DELETE FROM name_words WHERE space IN ('s', 't') AND tenant = $1`, tenant);
  await sql.all('DELETE FROM speakers WHERE tenant = $1', tenant);
  await sql.all('DELETE FROM topics WHERE tenant = $1', tenant);
  await sql.all('DELETE FROM stories WHERE tenant = $1 AND articles <= 0', tenant);
}

export async function articlesOfTenant(sql: Sql, tenant: Tenant, limit: number): Promise<readonly string[]> {
  refuseOperator(tenant);
  const rows = await sql.all<{ id: string }>(
    `SELECT id FROM articles WHERE tenant = $1 AND tenant <> '' ORDER BY id LIMIT $2`,
    tenant,
    limit,
  );
  return rows.map(({ id }) => id);
}

function refuseOperator(tenant: Tenant): void {
  if (tenant === '') throw new StoreError('invalid', 'remove: expected a server or workspace, got the operator');
}
