import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withEarlyAnswers } from './early-answers.mjs';

const SCRIPT = /<script src="(\/_next\/static\/[^"]+\.js)"((?: [a-zA-Z]+="[^"]*")*)><\/script>/g;
const HEAD_END = '</head>';

/**
 * Of scripts only ours are let in, whoever names them: Trusted Types ask this policy for every address that becomes
 * one. Then the page's scripts begin, behind the first frame: the frame is painted from HTML and styles, which no
 * script has to share the line with. A page in a tab that nobody looks at is never drawn, and begins by the clock.
 * Whoever presses a button before is heard when the page can hear (`src/app/alive.ts`); no form is ever sent by the
 * browser itself, which would write what stands in it into an address.
 */
const BEGIN = `(function(d){
if(self.trustedTypes)trustedTypes.createPolicy('default',{createScriptURL:function(u){var a=new URL(u,location.href);
if(a.origin===location.origin&&(a.pathname==='/sw.js'||a.pathname.indexOf('/_next/static/')===0))return u;
throw new TypeError('no script of this page: '+u)}});
var root=d.documentElement;function early(b){if(root.dataset.alive===undefined&&b)self.kanadePressed=b;return root.dataset.alive===undefined}
addEventListener('click',function(e){var b=e.target.closest&&e.target.closest('button');if(b&&early(b)){e.preventDefault();e.stopImmediatePropagation()}},true);
addEventListener('submit',function(e){if(early(e.submitter||e.target.querySelector('[type=submit]')))e.preventDefault()},true);
var begun=false;function begin(){if(begun)return;begun=true;
d.querySelector('meta[name=scripts]').content.split(' ').forEach(function(source){var parts=source.split('#');
var s=d.createElement('script');s.src=parts[0];s.async=true;if(parts[1])s.id=parts[1];d.head.appendChild(s)})}
try{new PerformanceObserver(function(l){if(l.getEntriesByName('first-contentful-paint').length)begin()}).observe({type:'paint',buffered:true})}catch(e){requestAnimationFrame(function(){setTimeout(begin)})}
setTimeout(begin,d.hidden?0:4000)})(document)`;

/** A page whose scripts begin behind its first paint. Scripts for browsers without modules stay as they stand. */
export const withScriptsAfterPaint = (html) => {
  const sources = [];
  const bare = html.replace(SCRIPT, (tag, source, attributes) => {
    if (!attributes.includes(' async=""')) return tag;
    const id = /id="([^"]+)"/.exec(attributes)?.[1];
    sources.push(id ? `${source}#${id}` : source);
    return '';
  });
  if (sources.length === 0 || !bare.includes(HEAD_END)) throw new Error('a page without scripts of its own');
  const begin = `<meta name="scripts" content="${sources.join(' ')}"/><script>${BEGIN}</script>`;
  return bare.replace(HEAD_END, () => `${begin}${HEAD_END}`);
};

/** All exported pages, in place. */
export const beginScriptsAfterPaint = async (outDir) => {
  const files = await readdir(outDir, { recursive: true });
  for (const page of files.filter((file) => file.endsWith('.html'))) {
    const path = join(outDir, page);
    await writeFile(path, withEarlyAnswers(withScriptsAfterPaint(await readFile(path, 'utf8'))));
  }
};
