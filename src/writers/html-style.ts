// The page's own style sheet. Every rule lives below the class of the root element, so that a fragment leaves the page
// around it alone.

const light =
  "--ink:#1d1d1f;--muted:#5c5c66;--rule:#d6d6dc;--tint:#f6f6f4;--agrees:#2e6b3f;--warning:#8a5300;--paper:#fffefb;--link:#1f4e8c";
const dark =
  "--ink:#e6e4df;--muted:#a5a3a0;--rule:#44444a;--tint:#26262a;--agrees:#8fce9f;--warning:#f0b866;--paper:#19191b;--link:#9dc1f5";

export const style = `
.handgrad{${light};color:var(--ink);color-scheme:light dark;font:1.0625rem/1.6 "Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,"Noto Serif","DejaVu Serif",serif;overflow-wrap:break-word;font-variant-numeric:lining-nums}
.handgrad.page{background:var(--paper);min-height:100vh;box-sizing:border-box;padding:3rem max(1.1rem,calc((100% - 44rem)/2)) 4rem}
@media (prefers-color-scheme:dark){.handgrad{${dark}}}
.handgrad *{box-sizing:border-box}
.handgrad :is(h1,h2,h3,h4,h5,h6){font-weight:600;line-height:1.25;margin:2.2em 0 .6em;text-wrap:balance}
.handgrad header>*{margin-top:0}
.handgrad h1{font-size:1.9rem;letter-spacing:-.01em}
.handgrad h2{font-size:1.4rem}
.handgrad h3{font-size:1.15rem}
.handgrad :is(h4,h5,h6){font-size:1.0625rem;font-style:italic}
.handgrad header{display:flow-root;border-bottom:1px solid var(--rule);padding-bottom:1rem;margin-bottom:2rem}
.handgrad header>:is(h1,h2){margin-bottom:.2em}
.handgrad header>.code{float:right;width:17mm;height:17mm;margin:0 0 .6rem 1rem}
.handgrad .by{color:var(--muted);margin:.3em 0 0}
.handgrad :is(p,ul,ol){margin:.8em 0}
.handgrad li{margin:.3em 0}
.handgrad code{font:.88em/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.handgrad .katex{font-size:1.08em}
.handgrad .scroll{overflow-x:auto;overflow-y:hidden;margin:1.1em 0;padding:.15em 0;position:relative;container-type:inline-size}
.handgrad .scroll:focus-visible{outline:2px solid var(--link);outline-offset:3px}
.handgrad .equations{display:grid;grid-template-columns:max-content minmax(min-content,1fr) fit-content(15rem);padding-left:clamp(0rem,4vw,2.2rem);row-gap:.75em;align-items:baseline}
.handgrad .side{display:inline-block;margin:.3em 0;white-space:nowrap}
.handgrad .more{margin-top:-.3em}
.handgrad .equations>.left{grid-column:1;text-align:right}
.handgrad .equations>.right{grid-column:2;margin:-.2em 0}
.handgrad .equations>.right.more{margin-top:-.5em}
.handgrad .because{grid-column:2/-1;color:var(--muted);font-size:.92em;line-height:1.45;margin:-.4em 0 .3em 1.7em;max-width:34rem}
.handgrad .because.aside{grid-column:3;margin:0;padding-left:1.5em;text-align:right}
@container (max-width:36rem){.handgrad :is(.because,.because.aside){grid-column:1/-1;margin:-.4em 0 .3em 1.2em;padding:0;text-align:left;max-width:calc(100cqw - 1.2em)}.handgrad .equations{row-gap:1.1em}.handgrad :is(th,td){padding-right:.85em}}
.handgrad table{border-collapse:collapse;font-variant-numeric:tabular-nums lining-nums}
.handgrad caption{text-align:left;color:var(--muted);padding-bottom:.5em}
.handgrad :is(th,td){padding:.32em 1.5em .32em 0;vertical-align:baseline;white-space:nowrap}
.handgrad th{font-weight:600;border-bottom:1px solid var(--ink)}
.handgrad thead tr{border-top:1px solid var(--ink)}
.handgrad tbody tr:last-child td{border-bottom:1px solid var(--ink)}
.handgrad :is(th,td){text-align:left}
.handgrad :is(th,td).right{text-align:right}
.handgrad :is(th,td).center{text-align:center}
.handgrad .picture{margin:1.4em 0}
.handgrad .picture svg{display:block;height:auto;margin:auto;max-width:max(100%,calc(var(--width)*.65px))}
@media (min-height:40rem){.handgrad .picture.stays{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:1px solid var(--rule)}}
.handgrad .space{margin:.4em 0 1.2em}
.handgrad .space>i{display:block;height:2.1em;border-bottom:1px solid var(--rule)}
.handgrad .note{border-left:3px solid var(--rule);background:var(--tint);padding:.1em 1.1em;margin:1.2em 0}
.handgrad .note.agrees{border-color:var(--agrees)}
.handgrad .note.warning{border-color:var(--warning)}
.handgrad .block{position:relative}
.handgrad .copies{display:flex;flex-wrap:wrap;gap:.5em;margin:.9em 0 0}
.handgrad button.copy{font:500 .78rem/1.3 system-ui,sans-serif;color:var(--link);background:var(--paper);border:1px solid var(--rule);border-radius:.35em;padding:.25em .7em;cursor:pointer}
.handgrad button.copy:hover{border-color:var(--link)}
.handgrad :is(button,summary,a,textarea):focus-visible{outline:2px solid var(--link);outline-offset:2px}
.handgrad .block>button.copy{position:absolute;right:0;top:-.6em;z-index:1}
@media (hover:hover){.handgrad .block>button.copy{opacity:0}.handgrad .block:is(:hover,:focus-within)>button.copy{opacity:1}}
.handgrad .copied{width:min(40rem,92vw);margin:auto;padding:1.1rem;border:1px solid var(--rule);border-radius:.5em;background:var(--paper);color:var(--ink)}
.handgrad .copied::backdrop{background:#0005}
.handgrad .copied textarea{display:block;width:100%;font:.85rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;color:inherit;background:var(--tint);border:1px solid var(--rule);border-radius:.35em;padding:.6em;resize:vertical}
.handgrad .copied p{display:flex;justify-content:space-between;align-items:center;gap:1em;margin:.7em 0 0;color:var(--muted);font-size:.88rem}
@supports not selector(:popover-open){.handgrad :is(.copied,button.copy){display:none}}
.handgrad .contents{margin:0 0 2.4rem;font-size:.97em}
.handgrad .contents h2{font-size:1rem;margin:0 0 .4em;color:var(--muted)}
.handgrad .contents ol{margin:0;padding-left:1.9em}
.handgrad .contents ul{list-style:none;margin:.1em 0 .4em;padding:0;display:flex;flex-wrap:wrap;column-gap:1.4em}
.handgrad .contents li{margin:.1em 0}
.handgrad .contents a{text-decoration:none;color:var(--ink)}
.handgrad .contents a:hover{text-decoration:underline;color:var(--link)}
.handgrad :target{scroll-margin-top:1rem}
.handgrad details{margin:1em 0}
.handgrad .fold{margin:0}
.handgrad .fold>summary{margin:2.2em 0 .6em;color:inherit;font-style:normal;list-style:none;position:relative}
.handgrad .fold>summary::-webkit-details-marker{display:none}
.handgrad .fold>summary::before{content:"";position:absolute;left:-1.05rem;top:.52em;border:.28em solid transparent;border-left-color:var(--muted);transform-origin:.14em 50%}
.handgrad .fold[open]>summary::before{transform:rotate(90deg);border-left-color:var(--rule)}
.handgrad .fold>summary:hover::before{border-left-color:var(--link)}
.handgrad .fold>summary>:is(h3,h4,h5,h6){margin:0}
.handgrad summary{cursor:pointer;color:var(--muted);font-style:italic}
.handgrad a{color:var(--link)}
.handgrad footer{margin-top:3.5rem;padding-top:.8rem;border-top:1px solid var(--rule);color:var(--muted);font-size:.88rem}
@media (prefers-reduced-motion:no-preference){.handgrad button.copy{transition:opacity .12s}}
@media print{
@page{margin:20mm}
.handgrad{color-scheme:light;${light};--paper:#fff;font-size:10.5pt}
.handgrad.page{padding:0;min-height:0}
.handgrad .scroll{overflow:visible}
.handgrad :is(button.copy,.copied,.copies){display:none}
.handgrad :is(.left,.right,tr,.note,.picture){break-inside:avoid}
.handgrad .picture svg{max-width:100%}
.handgrad .picture.stays{position:static;border:0}
.handgrad :is(h1,h2,h3,h4,h5,h6){break-after:avoid}
.handgrad details::details-content{content-visibility:visible;block-size:auto}
.handgrad summary{list-style:none}
.handgrad .fold>summary::before{display:none}
}
`.replaceAll("\n", "");
