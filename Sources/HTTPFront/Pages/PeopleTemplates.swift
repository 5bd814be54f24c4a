extension Templates {
    static let users = """
        <form method="get" action="{{base}}/organizations/{{organization}}/users">
        <label for="email">E-mail address</label><input type="text" id="email" name="email" value="{{email}}">
        <button type="submit">Find</button></form>
        <div class="scroll" role="region" tabindex="0" aria-label="Users"><table><caption>Users</caption>
        <thead><tr><th scope="col">E-mail address</th><th scope="col">Name</th><th scope="col">Sign-in method</th><th scope="col">Roles</th><th scope="col">Last login</th><th scope="col">Active</th></tr></thead>
        <tbody>{{#users}}<tr><th scope="row">{{email}}</th><td>{{name}}</td><td>{{signInMethod}}</td>
        <td>{{#roles}}<form class="inline" method="post" action="{{base}}/organizations/{{organization}}/users/{{user}}/role">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="account" value="{{account}}">
        <label for="role-{{user}}-{{account}}">{{accountName}}</label>
        <select id="role-{{user}}-{{account}}" name="role">{{#choices}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{label}}</option>{{/choices}}</select>
        <button type="submit">Set role</button></form>{{/roles}}</td>
        <td>{{lastLoginAt}}</td>
        <td>{{#active}}<form method="post" action="{{base}}/organizations/{{organization}}/users/{{id}}/active"><input type="hidden" name="form" value="{{form}}">
        <input type="hidden" name="active" value="false"><button type="submit">Deactivate</button></form>{{/active}}
        {{^active}}no <form method="post" action="{{base}}/organizations/{{organization}}/users/{{id}}/active"><input type="hidden" name="form" value="{{form}}">
        <input type="hidden" name="active" value="true"><button type="submit">Reactivate</button></form>{{/active}}</td></tr>
        {{/users}}{{^users}}<tr><td colspan="6">No users.</td></tr>{{/users}}</tbody></table></div>
        {{#next}}<p><a href="{{next}}">Next page</a></p>{{/next}}
        """

    static let conversion = """
        <p>{{passwordCount}} of {{count}} users still sign in with a password; {{ssoCount}} sign in through the identity provider.</p>
        <h2>1. Convert one user to test</h2>
        <form method="post" action="{{base}}/organizations/{{organization}}/conversion">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="do" value="one">
        <label for="one">E-mail address</label><input type="email" id="one" name="email" required>
        <button type="submit">Convert this user</button></form>
        <h2>2. See that user sign in</h2>
        {{#tested}}<p class="ok">A converted user has signed in since the identity provider was last configured.</p>{{/tested}}
        {{^tested}}<p>No converted user has signed in since the identity provider was last configured. Ask that user to open <a href="{{loginURL}}">the login URL</a>, then reload this page.</p>{{/tested}}
        <h2>3. Convert everyone else</h2>
        <form method="post" action="{{base}}/organizations/{{organization}}/conversion">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="do" value="all">
        <button type="submit">Convert all users</button></form>
        <h2>Undo</h2>
        <form method="post" action="{{base}}/organizations/{{organization}}/conversion">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="do" value="revert">
        <label for="revert">E-mail address; empty for everyone</label><input type="text" id="revert" name="email">
        <button type="submit">Back to the password</button></form>
        <h2>Who signs in how</h2>
        <div class="scroll" role="region" tabindex="0" aria-label="Users"><table><caption>Users</caption><thead><tr><th scope="col">E-mail address</th><th scope="col">Sign-in method</th><th scope="col">Last login</th></tr></thead>
        <tbody>{{#users}}<tr><th scope="row">{{email}}</th><td>{{signInMethod}}</td><td>{{lastLoginAt}}</td></tr>
        {{/users}}{{^users}}<tr><td colspan="3">No users.</td></tr>{{/users}}</tbody></table></div>
        {{#next}}<p><a href="{{next}}">Next page</a></p>{{/next}}
        """
}
