extension Templates {
    /// What a person reads whose login, or page, was refused; and below it what an administrator needs.
    static let refused = """
        <p class="lead"{{#happenedInEnglish}} lang="en"{{/happenedInEnglish}}>{{happened}}</p>
        <dl class="answers">
        {{#again}}<dt>Does trying again help?</dt><dd>{{again}}</dd>{{/again}}
        {{#person}}<dt>What you can do</dt><dd{{#english}} lang="en"{{/english}}>{{text}}</dd>{{/person}}
        {{#whom}}<dt>Whom to ask</dt><dd>{{> whom}}</dd>{{/whom}}
        {{#reference}}<dt>What to quote</dt><dd class="code">{{code}} · Reference {{reference}}</dd>{{/reference}}
        {{^reference}}<dt>What to quote</dt><dd class="code">{{code}}</dd>{{/reference}}
        </dl>
        {{#retry}}<p><a class="button primary" href="{{href}}">Sign in</a></p>{{/retry}}
        {{#back}}<p><a class="button primary" href="{{href}}">Open the page</a></p>{{/back}}
        {{#signedIn}}<p>{{as}} <a href="{{base}}/">Home page</a></p>
        <form method="post" action="{{base}}/logout"><button type="submit">Sign out, to sign in as someone else</button></form>{{/signedIn}}
        {{#offersSignIn}}<p><a href="{{base}}/login">Go to the sign-in page</a></p>{{/offersSignIn}}
        {{#technical}}<section aria-labelledby="administrators"><h2 id="administrators">For administrators</h2>
        {{#story}}<p><a href="{{href}}">For administrators: open reference {{reference}}</a>: the whole story, after you sign in.</p>{{/story}}
        <p><a href="{{help}}">What <span class="code">{{code}}</span> means, and what to change</a></p>
        <details><summary>What was found</summary><div lang="en"><p>{{detail}}</p>{{#remedy}}<p>{{remedy}}</p>{{/remedy}}
        {{#checked}}{{> checks}}{{/checked}}</div></details></section>{{/technical}}
        {{^technical}}<p><a href="{{help}}">What <span class="code">{{code}}</span> means</a></p>{{/technical}}
        """

    static let whom = """
        {{who}}{{#contact}} {{#href}}<a href="{{href}}">{{text}}</a>{{/href}}{{^href}}{{text}}{{/href}}{{/contact}}
        """

    /// One code, for the person and for the administrator. The same stands in docs/refusals.
    static let help = """
        <p class="code">{{code}}</p>
        <section aria-labelledby="person"><h2 id="person">For the person</h2>
        {{#happened}}<p class="lead">{{happened}}</p>{{/happened}}
        <dl class="answers"><dt>Does trying again help?</dt><dd>{{again}}</dd>
        <dt>What you can do</dt><dd>{{person}}</dd>
        {{#whom}}<dt>Whom to ask</dt><dd>{{> whom}}</dd>{{/whom}}</dl></section>
        <section aria-labelledby="causes"><h2 id="causes">How it comes about</h2>
        <ul>{{#causes}}<li>{{.}}</li>
        {{/causes}}</ul></section>
        <section aria-labelledby="changes"><h2 id="changes">What an administrator changes</h2>
        <ul>{{#changes}}<li>{{.}}</li>
        {{/changes}}</ul></section>
        {{#products}}<section aria-labelledby="products"><h2 id="products">In the products' own words</h2>
        <ul lang="en">{{#advice}}<li>{{.}}</li>
        {{/advice}}</ul></section>{{/products}}
        <p><a href="{{base}}/help">All codes</a></p>
        """

    static let helpIndex = """
        <p>What a login, a page or a program can be refused for. A page that refuses says its code, and a reference to quote.</p>
        <dl>{{#codes}}<dt><a href="{{href}}">{{title}}</a></dt><dd class="code">{{code}}</dd>
        {{/codes}}</dl>
        """
}
