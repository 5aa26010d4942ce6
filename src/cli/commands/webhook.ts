import type { Config } from '../../config/config.js';
import { readEnvironment } from '../../config/environment.js';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { columns, renderTable } from '../../report/table.js';
import type { Subscription, WebhookAdmin } from '../../sources/webhooks.js';
import { logOf } from '../connect.js';
import { realWorld } from '../connector.js';
import type { CommandBody, CommandWorld } from '../process.js';

/** Subscribes the address of this server to the events of the HR system. */
export function webhookRegister({ url }: { readonly url: string }): CommandBody {
  return async (world) => {
    if (!/^(https:\/\/|http:\/\/(localhost|127(\.\d{1,3}){3})[:/])/.test(url))
      throw new UsageError(`--url takes the https address at which others reach this server, not ${url}`);
    const config = await world.loadConfig();
    const { type } = config.source.definition;
    const block = config.serve.senders.find((sender) => sender.type === type)?.settings;
    const subscription = await adminOf(config, world).register(url, block);
    const text = `webhook ${subscription.id} sends ${subscription.events.length} kinds of events to ${url}\n${sayOnce(subscription, type)}`;
    world.print({ text, json: { format: 1, webhook: { ...jsonOf(subscription), ...shownOnce(subscription) } } });
    return EXIT.done;
  };
}

/** Shows every subscription. */
export function webhookList(): CommandBody {
  return async (world) => {
    const subscriptions = await adminOf(await world.loadConfig(), world).list();
    const rows = subscriptions.map(({ id, isEnabled, url, events }) => [
      id,
      isEnabled ? 'on' : 'off',
      url,
      events.join(', '),
    ]);
    const text =
      rows.length === 0
        ? 'no webhook is registered\n'
        : renderTable(columns('id', 'is', 'address', 'events'), rows, world.width);
    world.print({ text, json: { format: 1, webhooks: subscriptions.map(jsonOf) } });
    return EXIT.done;
  };
}

/** Has the HR system send a ping. */
export function webhookTest(id: string): CommandBody {
  return async (world) => {
    if (!(await adminOf(await world.loadConfig(), world).ping(id))) throw unknownWebhook(id);
    const text = `a ping is on its way; hrsync_webhooks_total with outcome="ignored" counts it on arrival\n`;
    world.print({ text, json: { format: 1, pinged: id } });
    return EXIT.done;
  };
}

/** Ends a subscription. */
export function webhookRemove(id: string): CommandBody {
  return async (world) => {
    const removed = await adminOf(await world.loadConfig(), world).remove(id);
    if (!removed) throw unknownWebhook(id);
    world.print({ text: `webhook ${id} is removed\n`, json: { format: 1, removed: id } });
    return EXIT.done;
  };
}

function sayOnce({ secret }: Subscription, type: string): string {
  if (secret === undefined) return '';
  return `its ${secret.setting} is shown this once; keep it where serve.${type}.${secret.setting} takes it from:\n${secret.value}\n`;
}

function shownOnce({ secret }: Subscription): object {
  return secret === undefined ? {} : { [secret.setting]: secret.value };
}

function unknownWebhook(id: string): UsageError {
  return new UsageError(`there is no webhook ${id}: hrsync webhook list shows those that there are`);
}

function adminOf({ source: { definition, settings } }: Config, world: CommandWorld): WebhookAdmin {
  if (definition.webhooks === undefined)
    throw new UsageError(`webhooks of ${definition.title} are set up in its own interface, not by hrsync`);
  const environment = readEnvironment(world.host.env);
  return definition.webhooks(settings, realWorld(world.now, world.signal, logOf(world.reporter), environment));
}

function jsonOf({ id, url, isEnabled, events }: Subscription): object {
  return { id, url, enabled: isEnabled, events };
}
