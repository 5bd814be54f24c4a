extension Templates {
    /// The policy as a form. What a change would do to people is shown before it is saved.
    static let policy = """
        {{> made}}
        {{#passing}}<div class="notice"><p>{{sentence}}</p><dl>{{#groups}}{{> consequenceGroup}}{{/groups}}</dl></div>{{/passing}}
        {{#faults}}<div class="problem" role="alert"><p>Nothing is saved yet. Mend these, then save again:</p>
        <ul>{{#fields}}<li><a href="#{{member}}">{{label}}</a>: {{words}}</li>
        {{/fields}}</ul></div>{{/faults}}
        <p>What holds for everyone who signs in to this organization. The names in small letters are those of the administration API.</p>
        <form method="post" action="{{base}}/organizations/{{organization}}/policy">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="basis" value="{{basis}}">
        {{#sections}}<fieldset><legend id="{{id}}">{{title}}</legend>
        {{#fields}}{{> policyField}}
        {{/fields}}</fieldset>
        {{/sections}}
        <fieldset><legend>Roles from attributes</legend>
        {{#rules}}<p id="rules-help">Who has the attribute with this value is given the role at each login: at most administrator, and never less than they have.
        A row without attribute and value is no rule.</p>
        {{#rows}}<div class="fields" role="group" aria-label="Rule {{number}}">
        <p><label for="rule-attribute-{{number}}">Attribute</label><input type="text" id="rule-attribute-{{number}}" name="rule-attribute" value="{{attribute}}"></p>
        <p><label for="rule-value-{{number}}">Value</label><input type="text" id="rule-value-{{number}}" name="rule-value" value="{{value}}"></p>
        <p><label for="rule-account-{{number}}">Account</label><select id="rule-account-{{number}}" name="rule-account">{{#accounts}}<option value="{{id}}"{{#selected}} selected{{/selected}}>{{name}}</option>{{/accounts}}</select></p>
        <p><label for="rule-role-{{number}}">Role</label><select id="rule-role-{{number}}" name="rule-role">{{#roles}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{name}}</option>{{/roles}}</select></p>
        </div>{{/rows}}{{/rules}}
        {{#manyRules}}<p>There are {{manyRules}} rules: too many for a page. They stay as they are; the administration API changes them.</p>{{/manyRules}}
        </fieldset>
        <p>First see what it would change, and for whom of the last logins:</p>
        <button type="submit" name="do" value="preview">Show what would change</button>
        <button type="submit" name="do" value="save" class="primary">Save</button>
        </form>
        """

    static let policyField = """
        {{#flag}}<p><input type="checkbox" id="{{member}}" name="{{member}}" value="true"{{#checked}} checked{{/checked}}{{#isWrong}} aria-invalid="true"{{/isWrong}}{{#described}} aria-describedby="{{described}}"{{/described}}> \
        <label class="inline" for="{{member}}">{{label}}</label></p>{{/flag}}
        {{#number}}<label for="{{member}}">{{label}} ({{unit}})</label>
        <input type="number" id="{{member}}" name="{{member}}" value="{{value}}" min="{{least}}" max="{{most}}"{{#isWrong}} aria-invalid="true"{{/isWrong}}{{#described}} aria-describedby="{{described}}"{{/described}}>{{/number}}
        {{#text}}<label for="{{member}}">{{label}}</label>
        <input type="text" id="{{member}}" name="{{member}}" value="{{value}}" spellcheck="false"{{#isWrong}} aria-invalid="true"{{/isWrong}}{{#described}} aria-describedby="{{described}}"{{/described}}>{{/text}}
        {{#lines}}<label for="{{member}}">{{label}}</label>
        <textarea class="short" id="{{member}}" name="{{member}}" spellcheck="false"{{#isWrong}} aria-invalid="true"{{/isWrong}}{{#described}} aria-describedby="{{described}}"{{/described}}>{{value}}</textarea>{{/lines}}
        {{#choice}}<label for="{{member}}">{{label}}</label>
        <select id="{{member}}" name="{{member}}"{{#isWrong}} aria-invalid="true"{{/isWrong}}{{#described}} aria-describedby="{{described}}"{{/described}}>{{#choices}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{label}}</option>{{/choices}}</select>{{/choice}}
        {{#fault}}<p class="bad" id="{{member}}-fault">{{words}}</p>{{/fault}}
        <p class="help" {{#help}}id="{{member}}-help"{{/help}}>{{#help}}{{text}} {{/help}}<span class="code">{{member}}</span></p>
        """
}
