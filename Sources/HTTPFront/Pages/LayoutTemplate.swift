extension Templates {
    /// Every page stands in it: the one place for what all pages share.
    static let layout = """
        <!doctype html>
        <html lang="{{lang}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}{{#brand}}{{#name}} · {{name}}{{/name}}{{/brand}}</title>
        <link rel="stylesheet" href="{{styles}}">
        <script src="{{script}}" data-copied="Copied" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        {{#brand}}<header class="brand"><a href="{{home}}">{{#logo}}<img src="{{src}}" alt="{{alt}}">{{/logo}}{{#name}}<span>{{name}}</span>{{/name}}</a></header>{{/brand}}
        {{#nav}}<nav aria-label="Organization">{{#name}}<p class="name">{{name}}</p>{{/name}}<ul>
        {{#links}}<li><a href="{{href}}"{{#current}} aria-current="page"{{/current}}>{{label}}</a></li>
        {{/links}}</ul>
        <form method="post" action="{{base}}/logout">{{#setup}}<input type="hidden" name="setup" value="{{organization}}"><button type="submit">End the setup access</button>{{/setup}}{{^setup}}<button type="submit">Sign out</button>{{/setup}}</form></nav>{{/nav}}
        <main id="main"{{^nav}} class="alone"{{/nav}}>
        <h1>{{title}}</h1>
        {{#notice}}<p class="notice" role="status">{{notice}}</p>{{/notice}}
        {{#problem}}<div class="problem" role="alert">{{#heading}}<p>{{heading}}</p>{{/heading}}
        {{#entered}}<p><a href="#{{field}}">{{text}}</a></p>{{/entered}}{{#detail}}<p{{#english}} lang="en"{{/english}}>{{detail}}</p>{{/detail}}{{#remedy}}<p{{#english}} lang="en"{{/english}}>{{remedy}}</p>{{/remedy}}
        <p class="code"><a href="{{base}}/help/{{code}}">{{code}}</a></p></div>{{/problem}}
        {{{body}}}
        </main>
        </body>
        </html>
        """

    /// One look for all pages, in light and dark, on paper and on 320 pixels. Controls' edges have a contrast of 3:1, texts of 4.5:1.
    static let css = """
        :root {
          color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; accent-color: var(--accent);
          --page: #f6f7f9; --surface: #fff; --ink: #1b1f24; --muted: #545c66; --line: #d9dde3; --edge: #767e89; --soft: #eef1f5;
          --accent: #0b57d0; --on-accent: #fff; --ok: #176b00; --bad: #b0201a;
          --ok-soft: #e9f5e5; --bad-soft: #fcebea; --brand: var(--accent); --on-brand: var(--on-accent);
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #14171b; --surface: #1d2126; --ink: #e6e9ed; --muted: #a8b0ba; --line: #363c44; --edge: #868e99; --soft: #282d34;
            --accent: #8ab4f8; --on-accent: #0b1a33; --ok: #86dc77; --bad: #ff9d96;
            --ok-soft: #18301a; --bad-soft: #3b1e1d;
          }
        }
        *, ::before, ::after { box-sizing: border-box; }
        body { max-width: 72rem; margin: 0 auto; padding: 0 1rem 4rem; overflow-wrap: anywhere; background: var(--page); color: var(--ink); }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 2rem 0 1rem; }
        h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 .5rem; }
        h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
        p, ul, ol, dl { margin: .5rem 0; max-width: 44rem; }
        a, strong, code, .code, .name, .badge { unicode-bidi: isolate; }
        a { color: var(--accent); text-underline-offset: .15em; }
        a:hover { text-decoration-thickness: .12em; }
        :focus-visible { outline: .2rem solid var(--accent); outline-offset: .15rem; border-radius: .2rem; }
        .skip { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .skip:focus { position: static; width: auto; height: auto; clip-path: none; display: inline-block; padding: .5rem 0; }

        nav { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: center; border-bottom: 1px solid var(--line); padding: .5rem 0 0; }
        nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.1rem; padding: 0; margin: 0; flex: 1 1 20rem; max-width: none; }
        nav li a { display: inline-block; padding: .5rem 0 .35rem; color: inherit; text-decoration: none; border-bottom: .2rem solid transparent; }
        nav li a:hover { border-color: var(--line); }
        nav li a[aria-current] { font-weight: 600; border-color: var(--accent); }
        .name { font-weight: 700; margin: 0; }

        main > section { background: var(--surface); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.25rem 1.25rem; margin: 1.25rem 0; }
        section > :first-child { margin-top: 0; }
        .alone { max-width: 42rem; margin: 8vh auto 0; background: var(--surface); border: 1px solid var(--line); border-radius: .6rem; padding: 2rem; }
        .alone:has(> .scroll, > section .scroll) { max-width: 60rem; } .alone > h1 { margin-top: 0; } .alone > section:not(.problem) { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 1rem 0 0; }
        .lead { font-size: 1.1rem; } .hint, .help { color: var(--muted); } .hint, .help { font-size: .9rem; margin: .25rem 0 0; }
        .brand { padding: .5rem 0; border-bottom: .2rem solid var(--brand); font-weight: 700; }
        .brand a { display: inline-flex; flex-wrap: wrap; align-items: center; gap: .75rem; min-height: 1.5rem; color: inherit; text-decoration: none; } .brand img { height: 2.5rem; max-width: 14rem; object-fit: contain; }

        label { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
        label:has(> input) { display: flex; gap: .5rem; align-items: baseline; font-weight: 400; min-height: 1.5rem; }
        input:not([type=radio], [type=checkbox], [type=hidden], [type=file]), textarea, select {
          width: 100%; max-width: 44rem; min-height: 2.5rem; padding: .45rem .6rem; font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--edge); border-radius: .35rem; }
        input[type=radio], input[type=checkbox] { width: 1.1rem; height: 1.1rem; flex: none; margin: .2rem 0 0; }
        input[readonly], textarea[readonly] { background: var(--soft); border-color: var(--line); font-family: ui-monospace, monospace; font-size: .9rem; }
        input:has(+ [data-copy]) { width: calc(100% - 7.5rem); max-width: 37.5rem; }
        [data-copy] { min-width: 6rem; margin-left: .25rem; }
        textarea { min-height: 8rem; vertical-align: top; } .short { min-height: 4.5rem; }
        textarea + [data-copy] { margin: .5rem 0; }
        input[type=file] { max-width: 100%; font: inherit; padding: .35rem 0; }
        ::file-selector-button { font: inherit; padding: .4rem .8rem; margin-right: .75rem; }
        fieldset { border: 1px solid var(--line); border-radius: .35rem; padding: 0 1rem 1rem; margin: .5rem 0; min-width: 0; max-width: 46rem; } fieldset + fieldset { margin-top: 1.25rem; }
        legend { font-weight: 600; padding: 0 .35rem; }

        button, .button, ::file-selector-button { border: 1px solid var(--edge); border-radius: .35rem; background: var(--surface); color: inherit; cursor: pointer; }
        button, .button { font: inherit; font-weight: 600; display: inline-block; min-height: 2.5rem; padding: .45rem 1rem; margin: .75rem .5rem .25rem 0; text-decoration: none; }
        button[hidden] { display: none; }
        [data-copy], input:not([type=hidden]) + button { margin-top: 0; margin-bottom: 0; }
        button:hover, .button:hover, ::file-selector-button:hover { background: var(--soft); }
        .primary { background: var(--brand); border-color: var(--brand); color: var(--on-brand); }
        .primary:hover { background: color-mix(in srgb, var(--brand) 88%, var(--ink)); }
        .danger { color: var(--bad); border-color: var(--bad); } .danger:hover { background: var(--bad-soft); }
        nav button { border-color: transparent; background: none; margin: 0; padding: .35rem 0; font-weight: 400; text-decoration: underline; text-underline-offset: .15em; color: var(--muted); }
        .fields { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: end; }
        .fields > * { max-width: 100%; margin: 0; } .fields input, .fields select { width: auto; min-width: 100%; max-width: 100%; height: 2.5rem; } .fields button { margin-bottom: 0; }
        .inline { display: inline; } p > .inline { font-weight: 400; }

        .scroll { overflow-x: auto; margin: 1rem 0; background: var(--surface); border: 1px solid var(--line); border-radius: .6rem; }
        section .scroll { border-radius: .35rem; }
        table { border-collapse: collapse; width: 100%; overflow-wrap: normal; font-size: .95rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: .6rem .75rem; }
        th, td { text-align: left; padding: .5rem .75rem; border-top: 1px solid var(--line); vertical-align: top; }
        thead th { color: var(--muted); font-size: .85rem; white-space: nowrap; }
        tbody th { font-weight: 600; } tbody tr:hover { background: var(--soft); }
        td a, th a { display: inline-block; min-width: 1.5rem; min-height: 1.5rem; }
        .time { white-space: nowrap; } .long { min-width: 16rem; overflow-wrap: anywhere; } .who { min-width: 11rem; overflow-wrap: anywhere; }
        td form { margin: 0 0 .5rem; } td form:last-child { margin: 0; } td label { margin: 0; font-size: .85rem; } td button, td select { margin: 0; width: auto; min-height: 2rem; padding: .2rem .6rem; font-weight: 400; }
        dl { display: grid; grid-template-columns: fit-content(40%) 1fr; gap: .4rem 1.25rem; max-width: 60rem; } dt { font-weight: 600; } dd { margin: 0; grid-column: 2; }
        .answers { display: block; } .answers dd { margin: 0 0 .75rem; }
        .pages { display: flex; flex-wrap: wrap; gap: 0 1.5rem; max-width: none; } .pages a { padding: .1rem 0; }

        .notice, .problem { border: 1px solid var(--line); border-left: .3rem solid var(--ok); border-radius: .35rem; padding: .5rem 1rem; margin: 1rem 0; background: var(--ok-soft); max-width: 46rem; }
        .problem { border-left-color: var(--bad); background: var(--bad-soft); }
        main > .notice, main > .problem { border-left-width: .3rem; border-radius: .35rem; }
        .ok { color: var(--ok); } .bad { color: var(--bad); } .fields .bad { max-width: 18rem; margin: 0; }
        .badge { display: inline-block; padding: .05rem .6rem; border-radius: 1rem; background: var(--soft); font-size: .85rem; font-weight: 600; white-space: nowrap; }
        .badge.ok { background: var(--ok-soft); } .badge.bad { background: var(--bad-soft); }
        code, pre, .code { font-family: ui-monospace, monospace; font-size: .875rem; } .code { color: var(--muted); }
        pre { white-space: pre-wrap; max-width: 100%; background: var(--soft); border-radius: .35rem; padding: .75rem 1rem; margin: .5rem 0; }
        summary { padding: .35rem 0; cursor: pointer; font-weight: 600; } details { max-width: 100%; } td summary { padding: 0; min-height: 1.5rem; font-weight: 400; }

        .path, .choices { list-style: none; padding: 0; max-width: none; display: flex; flex-wrap: wrap; gap: .5rem; }
        .path { counter-reset: step; } .path > li { counter-increment: step; flex: 1 1 9rem; border-top: .2rem solid var(--line); padding: .4rem .25rem 0 0; font-size: .95rem; } .path > li::before { content: counter(step) ". "; font-weight: 600; }
        .path > li:has(.ok) { border-color: var(--ok); } .path > [aria-current] { border-color: var(--accent); font-weight: 600; }
        .choices a { display: block; padding: .4rem .9rem; border: 1px solid var(--edge); border-radius: 2rem; text-decoration: none; color: inherit; } .choices a:hover { background: var(--soft); }
        .choices [aria-current] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600; }
        .guide > li, .checks > li { margin-bottom: 1rem; } .guide > li::marker { font-weight: 700; }
        .over { outline: .2rem dashed var(--accent); outline-offset: .3rem; }
        .stages { list-style: none; padding: 0; max-width: none; } .stages > li { border-left: .2rem solid var(--line); padding: 0 0 1rem 1.25rem; margin: 0 0 .75rem; } .stages > .done { border-color: var(--ok); } .stages h2 { margin-top: 0; }
        .choice { display: flex; gap: .6rem; align-items: baseline; font-weight: 400; }
        .picture { display: block; width: 100%; max-width: 34rem; height: auto; margin: 1rem 0; color: var(--ink); } .picture text { fill: currentColor; font: 8px system-ui, sans-serif; }
        .p-good { fill: var(--ok); } .p-bad { stroke: var(--bad); stroke-width: .6; } pattern .p-bad { fill: var(--bad); stroke: none; }
        .p-other { stroke: var(--accent); stroke-width: .6; } pattern .p-other { fill: var(--accent); stroke: none; } .p-rest { fill: none; stroke: currentColor; stroke-width: .8; }
        .p-line { stroke: var(--edge); stroke-width: .6; } .p-hatch { stroke: var(--surface); stroke-width: 2.5; } .p-dot { fill: var(--surface); }

        @media (max-width: 40rem) {
          body { padding: 0 .75rem 3rem; } nav ul { flex-basis: 100%; order: 1; } .name { flex: 1; }
          input:has(+ [data-copy]) { width: 100%; } input:not([type=hidden]) + button { margin: .5rem 0 0; } [data-copy] { min-height: 2rem; padding: .2rem .8rem; }
          h1 { font-size: 1.5rem; margin-top: 1.25rem; } main > section { padding: .75rem .9rem 1rem; } .alone { margin-top: .75rem; padding: 1rem; }
          dl { display: block; } dt { margin-top: .5rem; }
          th, td { padding: .4rem .6rem; } .picture text { font-size: 11px; }
        }
        @media print {
          :root { color-scheme: light; font-size: 9pt; --page: #fff; --surface: #fff; --ink: #000; --muted: #444; --line: #bbb; --soft: #fff; --ok: #176b00; --bad: #b0201a; --accent: currentColor; --ok-soft: #fff; --bad-soft: #fff; }
          body { max-width: none; padding: 0; } nav, .skip, .screen, button, .button { display: none; }
          main, main > section, .scroll { border: 0; padding: 0; } .scroll { overflow: visible; } thead { display: table-header-group; } tr, .picture { break-inside: avoid; } h2 { break-after: avoid; }
        }
        """

    /// Conveniences only: every page works without it.
    static let script = """
        const { copied } = document.currentScript.dataset;
        for (const button of document.querySelectorAll("button[data-copy]")) {
          button.hidden = false;
          button.addEventListener("click", () => {
            const field = document.getElementById(button.dataset.copy);
            field.select();
            navigator.clipboard.writeText(field.value).then(() => { if (copied) button.textContent = copied; }, () => {});
          });
        }
        document.querySelector("form[data-submit]")?.submit();
        // A file dropped anywhere on the page is the form's file.
        const drop = document.querySelector("form[data-drop]");
        const file = drop?.querySelector("input[type=file]");
        const dropped = drop?.querySelector("[data-chosen]");
        if (file && dropped) {
          const say = () => { dropped.textContent = file.files.length ? dropped.dataset.chosen.replace("{file}", () => file.files[0].name) : ""; };
          dropped.textContent = dropped.dataset.hint ?? "";
          file.addEventListener("change", say);
          const over = (event) => {
            if (!event.dataTransfer?.types.includes("Files")) return;
            event.preventDefault();
            document.body.classList.toggle("over", event.type !== "drop" && !(event.type === "dragleave" && !event.relatedTarget));
          };
          for (const type of ["dragenter", "dragover", "dragleave", "drop"]) document.addEventListener(type, over);
          document.addEventListener("drop", (event) => {
            if (!event.dataTransfer?.files.length) return;
            file.files = event.dataTransfer.files;
            drop.scrollIntoView();
            say();
          });
        }
        """
}
