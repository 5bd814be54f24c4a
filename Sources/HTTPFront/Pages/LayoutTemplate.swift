extension Templates {
    /// Every page stands in it: the one place for what all pages share.
    static let layout = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title>
        <link rel="stylesheet" href="{{base}}/assets/page.css">
        <script src="{{base}}/assets/page.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        {{#nav}}<nav aria-label="Organization">{{#name}}<p class="name">{{name}}</p>{{/name}}<ul>
        {{#links}}<li><a href="{{href}}"{{#current}} aria-current="page"{{/current}}>{{label}}</a></li>
        {{/links}}</ul>
        <form method="post" action="{{base}}/logout"><button type="submit">Sign out</button></form></nav>{{/nav}}
        <main id="main">
        <h1>{{title}}</h1>
        {{#notice}}<p class="notice" role="status">{{notice}}</p>{{/notice}}
        {{#problem}}<div class="problem" role="alert"><p>{{detail}}</p>{{#remedy}}<p>{{remedy}}</p>{{/remedy}}
        <p class="code">{{code}}</p></div>{{/problem}}
        {{{body}}}
        </main>
        </body>
        </html>
        """

    static let css = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; --line: #8888; --soft: #8881; --ok: #176b00; --bad: #b0201a; --link: #0b57d0; }
        body { max-width: 70rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.75rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; }
        a { color: var(--link); }
        :focus-visible { outline: .2rem solid var(--link); outline-offset: .1rem; }
        .skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
        nav { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; border-bottom: 1px solid var(--line); padding-bottom: .5rem; }
        nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem 1rem; padding: 0; margin: 0; flex: 1 1 15rem; }
        nav li a { display: inline-block; padding: .4rem 0; }
        nav [aria-current] { font-weight: bold; text-decoration: none; border-bottom: .2rem solid; }
        .name { font-weight: bold; margin: 0; }
        label { display: block; font-weight: 600; margin-top: 1rem; }
        input[type=text], input[type=url], input[type=email], input[type=date], textarea, select { width: 100%; max-width: 48rem; padding: .5rem; font: inherit; box-sizing: border-box; border: 1px solid var(--line); border-radius: .3rem; }
        input[readonly], textarea[readonly] { background: var(--soft); font-family: ui-monospace, monospace; font-size: .9rem; }
        input[type=file] { max-width: 100%; font: inherit; }
        textarea { min-height: 10rem; }
        fieldset { border: 1px solid var(--line); border-radius: .3rem; padding: 0 1rem 1rem; margin: 0; min-width: 0; }
        button { font: inherit; padding: .5rem 1rem; margin: .5rem .25rem .5rem 0; border: 1px solid var(--line); border-radius: .3rem; }
        td form { margin: 0 0 .5rem; } td label { margin: 0; } td button, td select { margin: 0; width: auto; }
        .scroll { overflow-x: auto; margin-top: 1rem; }
        table { border-collapse: collapse; width: 100%; overflow-wrap: normal; } caption { text-align: left; font-weight: 600; padding: .4rem; }
        th, td { text-align: left; padding: .4rem .6rem .4rem .4rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        thead th, .time { white-space: nowrap; } .long { min-width: 16rem; overflow-wrap: anywhere; } dt { font-weight: 600; }
        .notice, .problem { border-left: .3rem solid var(--ok); padding: .5rem 1rem; background: var(--soft); } .problem { border-color: var(--bad); } .notice h2 { margin-top: .5rem; }
        code, pre, .code { font-family: ui-monospace, monospace; font-size: .9rem; } .ok { color: var(--ok); } .bad { color: var(--bad); }
        pre { white-space: pre-wrap; max-width: 100%; } .inline { display: inline; }
        summary { padding: .3rem 0; cursor: pointer; }
        .path, .choices { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding-left: 1.25rem; } .path li { margin-right: .75rem; } .choices { list-style: none; padding: 0; }
        .choices a { display: inline-block; padding: .4rem 0; } .choices [aria-current] { font-weight: bold; } .guide li { margin-bottom: 1rem; } .guide p { margin: 0; }
        .over { box-shadow: inset 0 0 0 .3rem var(--link); } .over form[data-drop] fieldset { outline: .2rem dashed var(--link); outline-offset: .2rem; }
        .checks li { margin-bottom: .75rem; } .checks p, .checks dl { margin: .2rem 0; } .compared { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 .75rem; } .compared dt { font-weight: normal; } .compared dd { margin: 0; }
        .fields { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: end; } .fields input { width: auto; }
        @media (prefers-color-scheme: dark) { :root { --ok: #7fdc70; --bad: #ff8f88; --link: #8ab4f8; } }
        @media print {
          :root { color-scheme: light; font-size: 9pt; --ok: #176b00; --bad: #b0201a; --link: currentColor; }
          body { max-width: none; padding: 0; } nav, .skip, .screen, button { display: none; }
          .scroll { overflow: visible; } thead { display: table-header-group; } tr { break-inside: avoid; } h2 { break-after: avoid; }
        }
        """

    /// Conveniences only: every page works without it.
    static let script = """
        for (const button of document.querySelectorAll("button[data-copy]")) {
          button.hidden = false;
          button.addEventListener("click", () => {
            const field = document.getElementById(button.dataset.copy);
            field.select();
            navigator.clipboard.writeText(field.value).then(() => { button.textContent = "Copied"; }, () => {});
          });
        }
        document.querySelector("form[data-submit]")?.submit();
        // A file dropped anywhere on the page is the form's file.
        const drop = document.querySelector("form[data-drop]");
        const file = drop?.querySelector("input[type=file]");
        const dropped = drop?.querySelector("[data-dropped]");
        if (file && dropped) {
          const say = () => { dropped.textContent = file.files.length ? `${file.files[0].name} is chosen: go on with Save.` : ""; };
          dropped.textContent = "Or drop the file anywhere on this page.";
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
