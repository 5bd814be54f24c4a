extension Templates {
    static let settings = """
        <section aria-labelledby="ours"><h2 id="ours">For your identity provider</h2>
        <p>Copy these into your identity provider's settings.</p>
        {{#copied}}<label for="{{id}}">{{label}}</label>
        <input type="text" id="{{id}}" value="{{value}}" readonly>
        <button type="button" hidden data-copy="{{id}}" aria-label="Copy {{label}}">Copy</button>
        {{/copied}}
        <p>If your identity provider drops the part after the question mark, use <code>{{acsPathURL}}</code> as the Assertion Consumer
        Service URL. Where it takes a file or an address: <a href="{{metadataURL}}">our metadata</a>.</p>
        </section>
        {{#configured}}<section aria-labelledby="theirs"><h2 id="theirs">Your identity provider</h2>
        {{#held}}<div class="problem" role="alert"><p>The identity provider's metadata has changed in a way that a person must look at
        (event {{held}}). Compare it with what your identity provider shows, then save it again below.</p></div>{{/held}}
        {{#warnings}}<p class="problem">{{.}}</p>{{/warnings}}
        <label for="login-url">Login URL</label>
        <input type="text" id="login-url" value="{{loginURL}}" readonly>
        <button type="button" hidden data-copy="login-url" aria-label="Copy Login URL">Copy</button>
        <p>Share it with your users: it starts the login.</p>
        <label for="entity-id">Identity provider's entity ID</label>
        <input type="text" id="entity-id" value="{{entityID}}" readonly>
        <label for="redirect-url">Redirect URL</label>
        <input type="text" id="redirect-url" value="{{redirectURL}}" readonly>
        {{#certificates}}<label for="certificate-{{number}}">X.509 certificate</label>
        <textarea id="certificate-{{number}}" readonly>{{pem}}</textarea>
        <p class="code">SHA-256 {{sha256}}<br>{{subject}}<br>Valid from {{notBefore}} to {{notAfter}}</p>
        {{/certificates}}
        <p><a href="{{base}}/organizations/{{organization}}/test">Test the connection</a></p>
        </section>{{/configured}}
        <section aria-labelledby="save"><h2 id="save">Identity provider metadata</h2>
        <form method="post" action="{{base}}/organizations/{{organization}}/settings" enctype="multipart/form-data">
        <input type="hidden" name="form" value="{{form}}">
        <fieldset aria-labelledby="save">
        <label for="metadata-file">Metadata file</label>
        <input type="file" id="metadata-file" name="metadata" accept=".xml,application/xml,text/xml,application/samlmetadata+xml">
        <label for="metadata-url">Metadata URL</label>
        <input type="url" id="metadata-url" name="metadataURL" value="{{savedMetadataURL}}">
        <label for="metadata-entity">Entity ID, only where the metadata describes several identity providers</label>
        <input type="text" id="metadata-entity" name="entityID">
        </fieldset>
        <button type="submit">Save</button>
        </form></section>
        <section aria-labelledby="guides"><h2 id="guides">Step by step</h2>
        {{#guides}}<details><summary>{{name}}</summary><ol>{{#steps}}<li>{{.}}</li>{{/steps}}</ol></details>
        {{/guides}}</section>
        """

    static let test = """
        {{^configured}}<p>Save your identity provider's metadata first.</p>
        <p><a href="{{base}}/organizations/{{organization}}/settings">To the settings</a></p>{{/configured}}
        {{#configured}}<p>This makes one login whose every check is shown. It signs no one in and changes no user.</p>
        <form method="post" action="{{base}}/organizations/{{organization}}/test">
        <input type="hidden" name="form" value="{{form}}">
        <button type="submit">Start the test login</button>
        </form>{{/configured}}
        """

    static let steps = """
        <p class="{{#accepted}}ok{{/accepted}}{{^accepted}}bad{{/accepted}}"><strong>{{verdict}}</strong></p>
        {{#reference}}<p class="code">Reference {{reference}}</p>{{/reference}}
        <div class="scroll" role="region" tabindex="0" aria-label="Every check, in order"><table><caption>Every check, in order</caption><thead><tr><th scope="col">Check</th><th scope="col">Result</th><th scope="col">Detail</th></tr></thead>
        <tbody>{{#steps}}<tr><th scope="row">{{name}}</th><td>{{#ok}}<span class="ok">passed</span>{{/ok}}{{^ok}}<span class="bad">failed</span>{{/ok}}</td><td>{{detail}}</td></tr>
        {{/steps}}</tbody></table></div>
        {{#attributed}}<h2>What was asserted</h2><dl>{{#attributes}}<dt>{{name}}</dt>{{#values}}<dd>{{.}}</dd>{{/values}}{{/attributes}}</dl>{{/attributed}}
        {{#link}}<p><a href="{{href}}">{{label}}</a></p>{{/link}}
        """
}
