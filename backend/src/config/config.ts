export const ROLES_OF_PROCESS = ['all', 'api', 'worker'] as const;
export type ProcessRole = (typeof ROLES_OF_PROCESS)[number];

export const LADDER_POLICIES = ['eager', 'smart', 'lazy'] as const;
export type LadderPolicy = (typeof LADDER_POLICIES)[number];

export interface Config {
  readonly role: ProcessRole;
  /** Absolute paths. `required` roots were named by somebody; the default ./music may be absent. */
  readonly music: readonly { readonly path: string; readonly required: boolean }[];
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly certPath: string; readonly keyPath: string } | null;
  /** The address that listeners type, when a proxy stands in front; null where it is the server's own. */
  readonly publicUrl: URL | null;
  /** Addresses or CIDR blocks whose X-Forwarded-* headers count. */
  readonly trustedProxies: readonly string[];
  readonly ladder: LadderPolicy;
  /** How much the renditions may take; null: as much as there is. */
  readonly renditionQuotaBytes: number | null;
  /** Memory for segments that several listeners ask for; 0 keeps none. */
  readonly segmentCacheBytes: number;
  readonly admin: { readonly username: string; readonly password: string } | null;
  /** null: the embedded Postgres in the data folder. */
  readonly databaseUrl: string | null;
  readonly ffmpegPath: string | null;
  readonly ffprobePath: string | null;
  readonly logLevel: string;
}

export const CONFIG = Symbol('kanade:config');

/** Whether listeners reach the service over HTTPS, by our own certificate or by the proxy's. */
export const isHttps = (config: Config): boolean =>
  config.tls !== null || config.publicUrl?.protocol === 'https:';
