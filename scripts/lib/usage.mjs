/** The short form, told without installing anything first; what a value may be is the server's business. */
export const USAGE = `Kanade: a music streaming service of your own.

  npm start -- --music DIR [--music DIR …] [options]

  --music DIR       a folder of music, never written to; once for each library (default ./music)
  --data DIR        where Kanade keeps its database and renditions (default ./data)
  --port N          the port to listen on (default 7700)
  --host ADDRESS    the address to listen on (default 127.0.0.1)
  --tls-cert FILE   certificate and
  --tls-key FILE    private key, to serve HTTPS without a proxy
  --help            this text

These are the ones to begin with; once Kanade is built, --help tells all of them. Every option has a variable, which may
also stand in a file .env; .env.example lists them all.
The first start installs and builds, which takes a few minutes; later ones take seconds.`;
