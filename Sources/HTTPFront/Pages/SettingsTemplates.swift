extension Templates {
    static let settings = """
        {{#passing}}<section class="notice" aria-labelledby="passing"><h2 id="passing">Who can try again</h2><p>{{sentence}}</p>
        <dl>{{#groups}}{{> consequenceGroup}}{{/groups}}</dl></section>{{/passing}}
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
        (event {{event}}). Compare it with what your identity provider shows; it isn't used before you approve it.</p>
        <ul>{{#changes}}<li>{{.}}</li>{{/changes}}</ul>
        <form method="post" action="{{base}}/organizations/{{organization}}/settings/approve">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="event" value="{{event}}"><button type="submit">Approve the change</button></form></div>{{/held}}
        {{#warnings}}<p class="problem">{{.}}</p>{{/warnings}}
        {{#drift}}<section class="problem" aria-labelledby="drift"><h3 id="drift">What changed in your identity provider's responses</h3><ul>
        {{#drifts}}<li><strong>{{what}}</strong>: it was {{before}}; now it is {{since}}. First seen in <a href="{{href}}">login {{first}}</a>, {{firstAt}}; {{count}} since. {{remedy}}</li>
        {{/drifts}}</ul></section>{{/drift}}
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
        {{#details}}<details><summary>What the metadata says</summary><dl>
        {{#preset}}<dt>Recognised as</dt><dd>{{preset}}</dd>{{/preset}}
        {{#runBy}}<dt>Run by</dt><dd>{{runBy}}</dd>{{/runBy}}
        {{#contacts}}<dt>Contact ({{type}})</dt><dd>{{name}} {{emails}}</dd>{{/contacts}}
        {{#attributes}}<dt>Attributes that it offers</dt><dd>{{attributes}}</dd>{{/attributes}}
        {{#formats}}<dt>NameID formats</dt><dd>{{formats}}</dd>{{/formats}}
        <dt>Requests</dt><dd>{{requests}}</dd>
        {{#signer}}<dt>The metadata must be signed with</dt><dd class="code">SHA-256 {{signer}}</dd>{{/signer}}
        </dl></details>{{/details}}
        {{#refreshes}}<form method="post" action="{{base}}/organizations/{{organization}}/settings/refresh">
        <input type="hidden" name="form" value="{{form}}"><button type="submit">Fetch the metadata again now</button></form>{{/refreshes}}
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
        <details><summary>The metadata is signed</summary>
        <label for="metadata-certificate">Certificate that it must be signed with (PEM), now and whenever it is fetched again</label>
        <textarea id="metadata-certificate" name="metadataCertificate"></textarea></details>
        </fieldset>
        {{#configured}}<p>First see what it would change, and for whom of the last logins:</p>
        <button type="submit" name="do" value="preview">Show what would change</button>{{/configured}}
        <button type="submit" name="do" value="save">Save</button>
        </form></section>
        <section aria-labelledby="domains"><h2 id="domains">E-mail domains</h2>
        <p>A proved domain leads its people to your sign-in, and is no other organization's. Once one is proved, new users come from proved domains only.</p>
        {{#domains}}<form class="inline" method="post" action="{{base}}/organizations/{{organization}}/settings/domains">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="domain" value="{{domain}}">
        <p><span class="ok">Proved:</span> {{domain}} <button type="submit" name="do" value="remove" aria-label="Remove {{domain}}">Remove</button></p></form>{{/domains}}
        {{#wanted}}<div class="notice"><p>Set this DNS record at whoever runs the domain {{domain}}, then prove it:</p>
        <label for="record-name">TXT record's name</label><input type="text" id="record-name" value="{{name}}" readonly>
        <button type="button" hidden data-copy="record-name" aria-label="Copy the record's name">Copy</button>
        <label for="record-value">Its value</label><input type="text" id="record-value" value="{{value}}" readonly>
        <button type="button" hidden data-copy="record-value" aria-label="Copy the record's value">Copy</button>
        <form method="post" action="{{base}}/organizations/{{organization}}/settings/domains">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="domain" value="{{domain}}">
        <button type="submit" name="do" value="verify">Prove {{domain}}</button></form></div>{{/wanted}}
        <form method="get" action="{{base}}/organizations/{{organization}}/settings#domains">
        <label for="domain">Domain, such as example.com</label><input type="text" id="domain" name="domain" value="{{#wanted}}{{domain}}{{/wanted}}">
        <button type="submit">Show its record</button></form></section>
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

    static let checks = """
        <div class="scroll" role="region" tabindex="0" aria-label="Every check, in order"><table><caption>Every check, in order</caption><thead><tr><th scope="col">Check</th><th scope="col">Result</th><th scope="col">Detail</th><th scope="col">Where it is written</th></tr></thead>
        <tbody>{{#steps}}<tr><th scope="row">{{name}}</th><td>{{#ok}}<span class="ok">passed</span>{{/ok}}{{^ok}}<span class="bad">failed</span>{{/ok}}</td><td class="long">{{detail}}</td><td class="code">{{section}}</td></tr>
        {{/steps}}</tbody></table></div>
        """

    static let steps = """
        <p class="{{#accepted}}ok{{/accepted}}{{^accepted}}bad{{/accepted}}"><strong>{{verdict}}</strong></p>
        {{#reference}}<p class="code">Reference {{reference}}</p>{{/reference}}
        {{> checks}}
        {{#attributed}}<h2>What was asserted</h2><dl>{{#attributes}}<dt>{{name}}</dt>{{#values}}<dd>{{.}}</dd>{{/values}}{{/attributes}}</dl>{{#more}}<p>{{more}}</p>{{/more}}{{/attributed}}
        {{#link}}<p><a href="{{href}}">{{label}}</a></p>{{/link}}
        """
}
