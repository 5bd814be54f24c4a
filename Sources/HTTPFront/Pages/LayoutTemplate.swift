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
        {{#nav}}<nav aria-label="Organization"><ul>
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
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
        body { max-width: 70rem; margin: 0 auto; padding: 1rem; }
        .skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
        nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; }
        nav [aria-current] { font-weight: bold; text-decoration: none; }
        label { display: block; font-weight: 600; margin-top: 1rem; }
        input[type=text], input[type=url], input[type=email], textarea, select { width: 100%; max-width: 48rem; padding: .4rem; font: inherit; box-sizing: border-box; }
        textarea { font-family: ui-monospace, monospace; min-height: 10rem; }
        button { font: inherit; padding: .4rem 1rem; margin: .5rem .25rem .5rem 0; }
        td button, td select { margin: 0; width: auto; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem; border-bottom: 1px solid #8886; vertical-align: top; }
        .notice, .problem { border-left: .3rem solid #2a7; padding: .5rem 1rem; } .problem { border-color: #c33; }
        .code { font-family: ui-monospace, monospace; font-size: .9rem; } .ok { color: #180; } .bad { color: #b22; }
        pre { overflow: auto; max-width: 100%; } .inline { display: inline; }
        @media (prefers-color-scheme: dark) { .ok { color: #6d6; } .bad { color: #f88; } }
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
        """
}
