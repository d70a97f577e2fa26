/** Addresses of articles: the same page under many spellings is one article. */

const tracking =
  /^(?:utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|vero_id|oly_anon_id|oly_enc_id|s_cid|cmpid|ncid|ocid|cid|smid|smtyp|partner|ref|ref_src|ref_url|referrer|source|src|soc_src|soc_trk|spm|scm|at_medium|at_campaign|at_custom\d|at_link_.*|at_ptr_.*|at_bbc_team|wt_mc|wt\.mc_id|xtor|piano.*|guccounter|guce_.*|sr_share|share|shareid|ftag|feedtype|feedname|rss|from_rss|mbid|amp|outputtype)$/i;

/** The address without tracking parameters and fragment, still good to open. Undefined when it is no http(s) address. */
export function cleanUrl(address: string): string | undefined {
  const url = parse(address);
  if (!url) return undefined;
  for (const name of [...url.searchParams.keys()]) if (tracking.test(name)) url.searchParams.delete(name);
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.href;
}

/** One key for the spellings of an address: scheme, `www.`, `m.`, `/amp`, a trailing slash and the order of parameters do not count. */
export function addressKey(address: string): string | undefined {
  const clean = cleanUrl(address);
  const url = clean === undefined ? undefined : parse(clean);
  if (!url) return undefined;
  url.searchParams.sort();
  const host = url.host.replace(/^(?:www|m|mobile|amp)\./, '');
  const path = url.pathname.replace(/\/(?:amp|index\.(?:html?|php))?\/?$/, '') || '/';
  return `//${host}${path}${url.search}`;
}

/** True for what is fetched rather than read from disk. */
export const isAddress = (entry: string): boolean => /^https?:\/\//i.test(entry);

function parse(address: string): URL | undefined {
  const url = URL.parse(address.trim());
  return url && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' ? url : undefined;
}
