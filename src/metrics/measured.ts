import { type Audit, SECURITY_EVENTS, type SecurityEventName } from '../auth/audit.ts';
import type { Frames } from '../frames/frames.ts';
import { VIEWER_TRANSPORTS, type Viewers } from '../http/viewers.ts';
import type { RunningTemplates, Templates } from '../rendering/templates.ts';
import type { Metric } from './exposition.ts';

export function viewerCount(viewers: Viewers): Metric {
  return {
    name: 'rsvg_viewers',
    type: 'gauge',
    help: 'Connections that watch now.',
    samples: () => VIEWER_TRANSPORTS.map((transport) => [{ transport }, viewers.count(transport)] as const),
  };
}

export function watchedSessions(frames: Frames): Metric {
  return {
    name: 'rsvg_watched_sessions',
    type: 'gauge',
    help: 'Sessions with a viewer on this server, now or two seconds ago; with Redis each is one subscription.',
    samples: () => [[{}, frames.watchedSessions()]],
  };
}

export function frameTraffic(traffic: Frames['traffic']): readonly Metric[] {
  const total = (what: 'delivered' | 'skipped', help: string): Metric => ({
    name: `rsvg_frames_${what}_total`,
    type: 'counter',
    help,
    samples: () => [[{}, traffic[what]]],
  });
  return [
    total('delivered', 'Frames handed to viewers.'),
    total('skipped', 'Frames that a newer one replaced before their viewer could take them.'),
  ];
}

/** The same templates, counted. */
export function countRenders(templates: Templates): { readonly templates: Templates; readonly metric: Metric } {
  let ok = 0;
  let refused = 0;
  return {
    templates: {
      ...templates,
      async render(source, args, options) {
        refused += 1;
        const rendering = await templates.render(source, args, options);
        refused -= 1;
        ok += 1;
        return rendering;
      },
    },
    metric: {
      name: 'rsvg_renders_total',
      type: 'counter',
      help: 'Templates rendered.',
      samples: () => [
        [{ outcome: 'ok' }, ok],
        [{ outcome: 'refused' }, refused],
      ],
    },
  };
}

/** How renders were made: `in_place`, where requests are answered, or in a `thread`. */
export function renderThreads(counts: RunningTemplates['counts']): readonly Metric[] {
  return [
    {
      name: 'rsvg_renders_by_place_total',
      type: 'counter',
      help: 'Templates rendered, by where.',
      samples: () => [
        [{ place: 'in_place' }, counts().inPlace],
        [{ place: 'thread' }, counts().inThread],
      ],
    },
    {
      name: 'rsvg_render_threads_stopped_total',
      type: 'counter',
      help: 'Threads that were stopped over a render for its time or memory, or crashed.',
      samples: () => [[{}, counts().stopped]],
    },
    {
      name: 'rsvg_renders_waiting',
      type: 'gauge',
      help: 'Renders that wait for a thread now.',
      samples: () => [[{}, counts().waiting]],
    },
  ];
}

/** The same audit, counted. */
export function countSecurityEvents(audit: Audit): { readonly audit: Audit; readonly metric: Metric } {
  const counts = new Map<SecurityEventName, number>(SECURITY_EVENTS.map((event) => [event, 0]));
  return {
    audit(told) {
      counts.set(told.event, (counts.get(told.event) ?? 0) + 1);
      audit(told);
    },
    metric: {
      name: 'rsvg_security_events_total',
      type: 'counter',
      help: 'Security events, each also a line of the log.',
      samples: () => [...counts].map(([event, count]) => [{ event }, count] as const),
    },
  };
}
