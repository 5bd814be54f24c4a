extension Templates {
    static let conversion = """
        {{> made}}
        {{#ask}}<section class="problem" aria-labelledby="ask"><h2 id="ask">{{question}}</h2><p>{{consequence}}</p>
        <form method="post" action="{{page}}"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="do" value="{{do}}">
        <button type="submit" class="primary">{{button}}</button> <a href="{{page}}">No, leave it as it is</a></form></section>{{/ask}}
        <p>On a password: {{passwordCount}} of {{count}} users; through the identity provider: {{ssoCount}}.</p>
        {{{picture}}}
        {{#figures}}{{> figures}}{{/figures}}
        <ol class="stages">
        <li{{#none}} class="done"{{/none}}><h2>1. Who is on a password</h2>
        <p><strong>{{stage1}}</strong> <a href="#people">They are listed below.</a></p></li>
        <li{{#begun}} class="done"{{/begun}}><h2>2. Convert one user to test</h2>
        <p><strong>{{stage2}}</strong></p>
        <form method="post" action="{{page}}"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="do" value="one">
        <label for="one">E-mail address</label><input type="email" id="one" name="email" required>
        <button type="submit">Convert this user</button></form></li>
        <li{{#tested}} class="done"{{/tested}}><h2>3. See that user sign in</h2>
        {{#tested}}<p class="ok"><strong>Done.</strong> A converted user has signed in since the identity provider was last configured.</p>
        {{#login}}<p><a href="{{href}}">The login {{sequence}}</a> of {{person}}, {{recordedAt}}</p>{{/login}}{{/tested}}
        {{^tested}}<p><strong>{{#begun}}Waiting for the first login of a converted user.{{/begun}}{{^begun}}Comes after stage 2.{{/begun}}</strong></p>
        <p>No converted user has signed in since the identity provider was last configured. Ask that user to open <a href="{{loginURL}}">the login URL</a>, then reload this page.</p>{{/tested}}</li>
        <li{{#none}} class="done"{{/none}}><h2>4. Convert everyone else</h2>
        <p><strong>{{stage4}}</strong></p>
        {{#rest}}<form method="get" action="{{page}}"><input type="hidden" name="ask" value="all"><button type="submit">Convert all users</button></form>{{/rest}}</li>
        <li><h2>5. Undo</h2>
        <p>{{#undoable}}Whoever goes back to the password signs in as before the conversion; sessions that are open go on until they end.{{/undoable}}{{^undoable}}There is nothing to undo.{{/undoable}}</p>
        {{#undoable}}<form method="post" action="{{page}}"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="do" value="revert">
        <label for="revert">E-mail address</label><input type="email" id="revert" name="email" required>
        <button type="submit">Back to the password</button></form>
        <form method="get" action="{{page}}"><input type="hidden" name="ask" value="revert"><button type="submit">Everyone back to the password</button></form>{{/undoable}}</li>
        </ol>
        <h2 id="people">Who signs in how</h2>
        <form method="get" action="{{page}}#people"><div class="fields"><div><label for="find">E-mail address or name, or a part of one</label><input type="text" id="find" name="find" value="{{find}}" maxlength="254"></div>
        {{#filters}}{{> choices}}{{/filters}}</div><button type="submit">Find</button></form>
        {{> pages}}
        <div class="scroll" role="region" tabindex="0" aria-label="Users"><table><caption>Users</caption><thead><tr><th scope="col">E-mail address</th><th scope="col">Sign-in method</th><th scope="col">Last login</th><th scope="col">Change</th></tr></thead>
        <tbody>{{#users}}<tr><th scope="row" class="who"><a href="{{href}}">{{shown}}</a></th><td>{{signInMethod}}</td><td class="time">{{#lastLoginAt}}{{lastLoginAt}}{{/lastLoginAt}}{{^lastLoginAt}}never{{/lastLoginAt}}</td>
        <td>{{#address}}<form method="post" action="{{page}}"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="do" value="{{do}}"><input type="hidden" name="email" value="{{address}}"><button type="submit" aria-label="{{#converted}}Back to the password{{/converted}}{{^converted}}Convert{{/converted}}: {{address}}">{{#converted}}Back to the password{{/converted}}{{^converted}}Convert{{/converted}}</button></form>{{/address}}</td></tr>
        {{/users}}{{^users}}<tr><td colspan="4">{{empty}}</td></tr>{{/users}}</tbody></table></div>
        {{> pages}}
        """
}
