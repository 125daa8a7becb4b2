/** The little that is used here of what Cloudflare's runtime brings. */
declare module 'cloudflare:workers' {
  export class DurableObject {
    protected ctx: { storage: { getAlarm(): Promise<number | null>; setAlarm(at: number): Promise<void> } };
    constructor(state: unknown, env: unknown);
  }
}
