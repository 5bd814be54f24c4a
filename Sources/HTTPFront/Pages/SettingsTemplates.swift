extension Templates {
    /// The guided path: what is done, and what comes next.
    static let settings = """
        {{#isRefused}}<p><a href="#save">To the form, which kept what you typed</a></p>{{/isRefused}}
        {{> made}}
        <ol class="path" aria-label="Steps of the setup">{{#path}}<li{{#isNext}} aria-current="step"{{/isNext}}>
        {{#href}}<a href="{{href}}">{{name}}</a>{{/href}}{{^href}}{{name}}{{/href}} <span class="{{style}}">{{state}}</span></li>
        {{/path}}</ol>
        {{#passing}}<section class="notice" aria-labelledby="passing"><h2 id="passing">Who can try again</h2><p>{{sentence}}</p>
        <dl>{{#groups}}{{> consequenceGroup}}{{/groups}}</dl></section>{{/passing}}
        <section aria-labelledby="provider"><h2 id="provider">1. Choose your identity provider</h2>
        <ul class="choices">{{#guides}}<li><a href="{{href}}"{{#isChosen}} aria-current="true"{{/isChosen}}>{{name}}</a></li>
        {{/guides}}</ul></section>
        <section aria-labelledby="ours"><h2 id="ours">2. Make us known {{#guide}}to {{name}}{{/guide}}{{^guide}}to your identity provider{{/guide}}</h2>
        {{#guide}}{{> guide}}<h3>The same by the names that SAML has for them</h3>{{/guide}}
        {{^guide}}<p>Copy these into your identity provider's settings. For the steps in its own words choose it above.</p>{{/guide}}
        {{#copied}}{{> copied}}{{/copied}}
        <p>If your identity provider drops the part after the question mark, use <code>{{acsPathURL}}</code> as the Assertion Consumer
        Service URL. Where it takes a file or an address: <a href="{{metadataURL}}">our metadata</a>.</p>
        </section>
        {{> metadataForm}}
        {{#configured}}{{> provider}}{{/configured}}
        {{> domains}}
        """

    /// One product's steps, with what is to be pasted beside the name of its field.
    static let guide = """
        <ol class="guide">{{#steps}}<li><p>{{text}}</p>
        {{#fields}}<label for="{{id}}"{{#isTheirs}} lang="en"{{/isTheirs}}>{{label}}</label>
        {{#isLong}}<textarea id="{{id}}" readonly>{{value}}</textarea>{{/isLong}}{{^isLong}}<input type="text" id="{{id}}" value="{{value}}" readonly>{{/isLong}}
        <button type="button" hidden data-copy="{{id}}" aria-label="Copy {{label}}">Copy</button>
        {{/fields}}</li>
        {{/steps}}</ol>
        """

    static let copied = """
        <label for="{{id}}">{{label}}</label>
        <input type="text" id="{{id}}" value="{{value}}" readonly>
        <button type="button" hidden data-copy="{{id}}" aria-label="Copy {{label}}">Copy</button>
        """

    static let metadataForm = """
        <section aria-labelledby="save"><h2 id="save">3. Give us its metadata</h2>
        <form method="post" action="{{base}}/organizations/{{organization}}/settings{{query}}" enctype="multipart/form-data" data-drop>
        <input type="hidden" name="form" value="{{form}}">
        <fieldset><legend>Identity provider metadata</legend>
        <p>One of these three will do. By its URL, new certificates come by themselves; a file counts before pasted text, and that before a URL.</p>
        <label for="metadata-file">Metadata file</label>
        <input type="file" id="metadata-file" name="metadata" accept=".xml,application/xml,text/xml,application/samlmetadata+xml">
        <p class="dropped" data-hint="Or drop the file anywhere on this page." data-chosen="{file} is chosen: go on with Save." role="status"></p>
        {{#kept}}<input type="hidden" name="kept" value="{{kept}}"><p>The metadata that you gave is kept, and counts before a URL: choose the identity provider in it.</p>{{/kept}}
        <label for="metadata-url">Metadata URL</label>
        <input type="url" id="metadata-url" name="metadataURL" value="{{typedURL}}">
        <details{{#isPasted}} open{{/isPasted}}><summary>Paste it instead</summary>
        <label for="metadata-text">Metadata, pasted (XML)</label>
        <textarea id="metadata-text" name="metadataText" spellcheck="false" autocapitalize="none">{{typedText}}</textarea></details>
        {{#choice}}<label for="metadata-entity">Which identity provider of the metadata (its entity ID)</label>
        <input type="text" id="metadata-entity" name="entityID" value="{{typedEntity}}" list="metadata-entities" autocomplete="off" spellcheck="false" aria-invalid="true" aria-describedby="metadata-entity-help">
        <datalist id="metadata-entities">{{#names}}<option value="{{.}}">
        {{/names}}</datalist><p class="help" id="metadata-entity-help">{{words}}</p>{{/choice}}
        {{^choice}}<label for="metadata-entity">Entity ID, only where the metadata describes several identity providers</label>
        <input type="text" id="metadata-entity" name="entityID" value="{{typedEntity}}">{{/choice}}
        <details{{#isSigned}} open{{/isSigned}}><summary>The metadata is signed</summary>
        <label for="metadata-certificate">Certificate that it must be signed with (PEM), now and whenever it is fetched again</label>
        <textarea id="metadata-certificate" name="metadataCertificate" spellcheck="false">{{typedCertificate}}</textarea></details>
        </fieldset>
        {{#isConfigured}}<p>First see what it would change, and for whom of the last logins:</p>
        <button type="submit" name="do" value="preview">Show what would change</button>{{/isConfigured}}
        <button type="submit" name="do" value="save" class="primary">Save</button>
        </form></section>
        """

    /// What was read, the test, and the address to share.
    static let provider = """
        <section aria-labelledby="theirs"><h2 id="theirs">4. What we read from it</h2>
        {{#held}}<div class="problem" role="alert"><p>The identity provider's metadata has changed in a way that a person must look at
        (event {{event}}). Compare it with what your identity provider shows; it isn't used before you approve it.</p>
        <ul lang="en">{{#changes}}<li>{{.}}</li>{{/changes}}</ul>
        <form method="post" action="{{base}}/organizations/{{organization}}/settings/approve">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="event" value="{{event}}"><button type="submit" class="primary">Approve the change</button></form></div>{{/held}}
        {{#warnings}}<p class="problem" lang="en">{{.}}</p>{{/warnings}}
        {{#drift}}<section class="problem" aria-labelledby="drift"><h3 id="drift">What changed in your identity provider's responses</h3><ul>
        {{#drifts}}<li><strong>{{what}}</strong>: it was <span lang="en">{{before}}</span>; now it is <span lang="en">{{since}}</span>. First seen in <a href="{{href}}">login {{first}}</a>, {{firstAt}}; {{count}} since. <span lang="en">{{remedy}}</span></li>
        {{/drifts}}</ul></section>{{/drift}}
        <dl>{{#words}}<dt>Product</dt><dd>{{product}}</dd><dt>Sign-in</dt><dd>{{signIn}}</dd><dt>Requests</dt><dd>{{requests}}</dd>
        <dt>Answers</dt><dd>{{answers}}</dd><dt>Updates</dt><dd>{{updates}}</dd>{{#until}}<dt>The document</dt><dd{{#hasEnded}} class="bad"{{/hasEnded}}>{{until}}</dd>{{/until}}{{/words}}</dl>
        <label for="entity-id">Identity provider's entity ID</label>
        <input type="text" id="entity-id" value="{{entityID}}" readonly>
        <label for="redirect-url">Redirect URL</label>
        <input type="text" id="redirect-url" value="{{redirectURL}}" readonly>
        {{#certificates}}{{#pem}}<label for="certificate-{{number}}">X.509 certificate</label>
        <textarea id="certificate-{{number}}" aria-describedby="certificate-end-{{number}}" readonly>{{pem}}</textarea>{{/pem}}
        {{^pem}}<p>X.509 certificate {{number}}, left out to keep this page short:</p>{{/pem}}
        <p{{#isNear}} class="problem"{{/isNear}} id="certificate-end-{{number}}">{{end}}</p>
        <p class="code">SHA-256 {{sha256}}<br><bdi>{{subject}}</bdi><br>Valid from {{notBefore}} to {{notAfter}}</p>
        {{/certificates}}
        {{#details}}<details><summary>What the metadata says besides</summary><dl>
        {{#runBy}}<dt>Run by</dt><dd>{{runBy}}</dd>{{/runBy}}
        {{#contacts}}<dt>Contact ({{type}})</dt><dd><bdi>{{name}}</bdi> <bdi>{{emails}}</bdi></dd>{{/contacts}}
        {{#attributes}}<dt>Attributes that it offers</dt><dd>{{attributes}}</dd>{{/attributes}}
        {{#formats}}<dt>NameID formats</dt><dd>{{formats}}</dd>{{/formats}}
        {{#signer}}<dt>The metadata must be signed with</dt><dd class="code">SHA-256 {{signer}}</dd>{{/signer}}
        </dl></details>{{/details}}
        {{#refreshes}}<form method="post" action="{{base}}/organizations/{{organization}}/settings/refresh">
        <input type="hidden" name="form" value="{{form}}"><button type="submit">Fetch the metadata again now</button></form>{{/refreshes}}
        </section>
        <section aria-labelledby="try"><h2 id="try">5. Test the connection</h2>
        <p>{{#isTested}}A login has passed since the metadata was saved.{{/isTested}}{{^isTested}}No login has passed yet since the metadata was saved: try one, nobody is signed in by it.{{/isTested}}</p>
        <form method="post" action="{{base}}/organizations/{{organization}}/test"><input type="hidden" name="form" value="{{form}}">
        <button type="submit" class="primary">Start the test login</button></form>
        <p>What it does, and what if it doesn't come back: <a href="{{base}}/organizations/{{organization}}/test">Test the connection</a></p></section>
        <section aria-labelledby="share"><h2 id="share">6. Share the login URL</h2>
        <label for="login-url">Login URL</label>
        <input type="text" id="login-url" value="{{loginURL}}" readonly>
        <button type="button" hidden data-copy="login-url" aria-label="Copy Login URL">Copy</button>
        <p>Share it with your users: it starts the login. People may also sign in from your identity provider's own list of applications.
        Then <a href="{{base}}/organizations/{{organization}}/conversion">move your users to single sign-on</a>.</p></section>
        """

    static let domains = """
        <section aria-labelledby="domains"><h2 id="domains">E-mail domains</h2>
        <p>A proved domain leads its people to your sign-in, and is no other organization's. Once one is proved, new users come from proved domains only.</p>
        {{#domains}}<form class="inline" method="post" action="{{base}}/organizations/{{organization}}/settings/domains">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="domain" value="{{domain}}">
        <p><span class="ok">Proved:</span> {{domain}} <button type="submit" name="do" value="remove" class="danger" aria-label="Remove {{domain}}">Remove</button></p></form>{{/domains}}
        {{#wanted}}<div class="notice"><p>Set this DNS record at whoever runs the domain {{domain}}, then prove it:</p>
        <label for="record-name">TXT record's name</label><input type="text" id="record-name" value="{{name}}" readonly>
        <button type="button" hidden data-copy="record-name" aria-label="Copy the record's name">Copy</button>
        <label for="record-value">Its value</label><input type="text" id="record-value" value="{{value}}" readonly>
        <button type="button" hidden data-copy="record-value" aria-label="Copy the record's value">Copy</button>
        <form method="post" action="{{base}}/organizations/{{organization}}/settings/domains">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="domain" value="{{domain}}">
        <button type="submit" name="do" value="verify" class="primary">Prove {{domain}}</button></form></div>{{/wanted}}
        <form method="get" action="{{base}}/organizations/{{organization}}/settings#domains">
        <label for="domain">Domain, such as example.com</label><input type="text" id="domain" name="domain" value="{{#wanted}}{{domain}}{{/wanted}}">
        <button type="submit">Show its record</button></form></section>
        """
}
