/** The pages a workspace's admin sees while adding the bot: where to press, and what to do next. */
import type { InstallProvider } from '@slack/oauth';
import type { HttpServer } from '../http.ts';
import type { Log } from './log.ts';

export const installPath = '/slack/install';
export const redirectPath = '/slack/oauth_redirect';

export interface InstallRoutes {
  readonly http: HttpServer;
  readonly installer: InstallProvider;
  readonly scopes: readonly string[];
  /** `/brief`, or with a prefix `/news-brief`: the next step on the last page. */
  readonly firstCommand: string;
  readonly log: Log;
}

export function serveInstall({ http, installer, scopes, firstCommand, log }: InstallRoutes): void {
  const fail = (cause: unknown) => log.warn({ err: cause }, 'slack: an installation did not finish');

  http.raw('GET', installPath, (request, response) => {
    installer.handleInstallPath(request, response, {}, { scopes: [...scopes] }).catch(fail);
  });
  http.raw('GET', redirectPath, (request, response) => {
    installer
      .handleCallback(request, response, {
        success(installation, _options, _request, answer) {
          const { team, appId } = installation;
          log.info({ team: team?.id }, 'slack: installed in a workspace');
          answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
          answer.end(installedPage(team?.name ?? 'your workspace', firstCommand, appId, team?.id));
        },
        failure(error, _options, _request, answer) {
          log.warn({ err: error }, 'slack: an installation was refused');
          answer.writeHead(400, { 'content-type': 'text/html; charset=utf-8' });
          answer.end(failedPage());
        },
      })
      .catch(fail);
  });
}

export const addPage = (url: string): string =>
  page(
    'Add Pullquote to Slack',
    `<p>Pullquote answers <code>/brief</code>, <code>/quote</code> and more from your news articles, and posts briefings where
you ask for them. It posts nothing uninvited, and it does not read your channels' conversations.</p>
<p><a class="press" href="${html(url)}">Add to Slack</a></p>`,
  );

const installedPage = (name: string, command: string, app?: string, team?: string): string =>
  page(
    `Pullquote is in ${name}`,
    `<p>Next: type <code>${html(command)}</code> in any channel. Only you will see the answer.</p>
<p>For a daily briefing, type <code>/invite @pullquote</code> in the channel that should get it, then open Pullquote's Home
tab and press <b>Add a briefing</b>.</p>
${app && team ? `<p><a class="press" href="https://slack.com/app_redirect?app=${html(app)}&amp;team=${html(team)}">Open Slack</a></p>` : ''}`,
  );

const failedPage = (): string =>
  page(
    'Pullquote was not added',
    `<p>Slack did not confirm the installation: it was cancelled, or the page was open for too long. Nothing was changed.</p>
<p><a class="press" href="${installPath}">Try again</a></p>`,
  );

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(title)}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}
.press{display:inline-block;padding:.5rem 1rem;border:2px solid;border-radius:.5rem;font-weight:600}</style></head>
<body><h1>${html(title)}</h1>${body}</body></html>
`;

const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
