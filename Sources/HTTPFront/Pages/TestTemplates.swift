extension Templates {
    static let test = """
        {{^configured}}<p>Save your identity provider's metadata first.</p>
        <p><a href="{{base}}/organizations/{{organization}}/settings">To the settings</a></p>{{/configured}}
        {{#configured}}<p>This makes one login whose every check is shown, with what was expected and what came. It signs no one in, makes no user
        and changes none.</p>
        <form method="post" action="{{base}}/organizations/{{organization}}/test">
        <input type="hidden" name="form" value="{{form}}">
        <button type="submit" class="primary">Start the test login</button>
        </form>
        <p>You are sent to {{#address}}<code>{{address}}</code>{{/address}}{{^address}}your identity provider{{/address}}. Sign in there as somebody who may use the application: you come back to the report.</p>
        <h2>If you don't come back</h2>
        <p>Where {{#product}}{{product}}{{/product}}{{^product}}your identity provider{{/product}} shows a page of its own that something is wrong, it sent us no answer, so the
        reason stands there and in its log. Mostly one of the values of the <a href="{{base}}/organizations/{{organization}}/settings#ours">settings page</a> is missing or mistyped there, or
        the person may not use the application.{{#advice}} <span lang="en">{{advice}}</span>{{/advice}}</p>{{/configured}}
        """

    /// What a test's login showed: the verdict, what to change, who it would be, every check, and what was asserted.
    static let testReport = """
        {{#isGone}}<p class="notice"><strong>It passed then. The response is not kept any more, so that its checks can't be made again.</strong></p>{{/isGone}}{{^isGone}}<p class="{{#isAccepted}}ok{{/isAccepted}}{{^isAccepted}}bad{{/isAccepted}}"><strong>{{#isAccepted}}Every check passed: the connection works.{{/isAccepted}}{{^isAccepted}}Refused{{#refusal}}: {{refusal}}{{/refusal}}.{{/isAccepted}}</strong></p>{{/isGone}}
        <p>Nobody was signed in, no user was made and none was changed.{{#recorded}} It is recorded as <a href="{{story}}">login {{reference}}</a>.{{/recorded}}</p>
        {{#shownBefore}}<p class="notice">This response came here before, and was shown then: <a href="{{href}}">login {{number}}</a>. A page that was posted a second time tells nothing new: test again.</p>{{/shownBefore}}
        {{#problem}}<section class="problem" aria-labelledby="change"><h2 id="change">What to change</h2>
        <p lang="en">{{detail}}</p>
        {{> remedies}}
        {{#paste}}{{> copied}}{{/paste}}
        {{#guide}}<p><a href="{{href}}">{{name}}, step by step</a></p>{{/guide}}</section>{{/problem}}
        {{^isGone}}<section aria-labelledby="person"><h2 id="person">A real login</h2>
        <p>{{person}}</p>
        {{#real}}<p lang="en">{{detail}}</p>
        {{> remedies}}{{/real}}
        {{#hasRoles}}<ul>{{#roles}}<li>{{.}}</li>{{/roles}}</ul>{{/hasRoles}}
        {{#loginURL}}<p><a href="{{loginURL}}">Sign in for real now</a></p>{{/loginURL}}
        </section>{{/isGone}}
        <p><a href="{{again}}">Test again</a> · <a href="{{settings}}">Back to the settings</a></p>
        <section aria-labelledby="checks"><h2 id="checks">Every check, in order</h2>
        <ol class="checks">{{#steps}}<li><strong lang="en">{{name}}</strong>: <span class="{{style}}">{{state}}</span> <span class="code" lang="en">{{section}}</span>{{#detail}}<p lang="en">{{detail}}</p>{{/detail}}
        {{#compared}}<p lang="en">{{name}}</p><dl class="compared"><dt>expected</dt><dd class="code" lang="en">{{expected}}</dd><dt>received</dt><dd class="code"{{#received}} lang="en"{{/received}}>{{received}}{{^received}}nothing{{/received}}</dd></dl>
        {{/compared}}</li>
        {{/steps}}</ol></section>
        {{#hasUses}}<section aria-labelledby="uses"><h2 id="uses">What each part of it became</h2>
        <div class="scroll" role="region" tabindex="0" aria-label="Parts of the assertion, and what each is used as"><table><thead><tr><th scope="col">Part</th><th scope="col">Value</th><th scope="col">Used as</th></tr></thead>
        <tbody>{{#uses}}<tr><th scope="row" class="long">{{name}}</th><td class="long">{{value}}</td><td>{{use}}</td></tr>
        {{/uses}}</tbody></table></div>{{#more}}<p>{{more}}</p>{{/more}}
        <p>What is not used is kept with the user, and applications can read it.</p></section>{{/hasUses}}
        {{#assertion}}<section aria-labelledby="assertion"><h2 id="assertion">The assertion, decoded</h2>
        <p>Of the signed bytes alone{{#cut}}, without its last {{cut}} lines{{/cut}}.</p>
        <details><summary>Show it</summary><pre>{{xml}}</pre></details></section>{{/assertion}}
        """

    /// Where the identity provider's answer leads; browsers go on by themselves.
    static let answered = """
        <p>The identity provider has answered.</p>
        <p><a class="button primary" href="{{report}}">Show the report</a></p>
        """

    /// What an administrator does about a refused login.
    static let remedies = """
        {{#remedy}}<p lang="en"><strong>{{remedy}}</strong></p>{{/remedy}}
        <ul>{{#changes}}<li>{{.}}</li>
        {{/changes}}</ul>
        <p>{{#page}}<a href="{{href}}">{{label}}</a> · {{/page}}<a href="{{help}}">What <span class="code">{{code}}</span> means</a></p>
        """

    /// The checks of a login as a table, where nothing is to be mended by it.
    static let checks = """
        <div class="scroll" role="region" tabindex="0" aria-label="Every check, in order"><table><caption>Every check, in order</caption><thead><tr><th scope="col">Check</th><th scope="col">Result</th><th scope="col">Detail</th><th scope="col">Where it is written</th></tr></thead>
        <tbody>{{#steps}}<tr><th scope="row" lang="en">{{name}}</th><td><span class="{{style}}">{{state}}</span></td><td class="long" lang="en">{{detail}}</td><td class="code" lang="en">{{section}}</td></tr>
        {{/steps}}</tbody></table></div>
        """
}
