extension Templates {
    /// What a change that was made on a page appended to the ledger.
    static let made = """
        {{#made}}<p class="notice" role="status">{{#madeNothing}}Nothing had to be changed: it was so already.{{/madeNothing}}{{#madeFirst}}{{#madeHref}}<a href="{{madeHref}}">{{/madeHref}}{{#madeLast}}Events {{madeFirst}} to {{madeLast}}{{/madeLast}}{{^madeLast}}Event {{madeFirst}}{{/madeLast}}{{#madeHref}}</a>{{/madeHref}}: {{#madeLast}}of which the first is: {{/madeLast}}{{#madePerson}}{{madePerson}}: {{/madePerson}}<span lang="en">{{madeWhat}}</span>{{/madeFirst}}</p>{{/made}}
        """

    /// The way to a list's other pages.
    static let pages = """
        <p class="pages">{{#range}}<span>{{range}}</span>{{/range}}{{#first}}<a href="{{first}}">First page</a>{{/first}}{{#previous}}<a href="{{previous}}" rel="prev">Previous page</a>{{/previous}}{{#next}}<a href="{{next}}" rel="next">Next page</a>{{/next}}{{#last}}<a href="{{last}}">Last page</a>{{/last}}</p>
        """

    /// Numbers that a picture shows.
    static let figures = """
        <details><summary>The same numbers as a table</summary><div class="scroll" role="region" tabindex="0" aria-label="{{caption}}"><table><caption>{{caption}}</caption>
        <thead><tr>{{#columns}}<th scope="col">{{.}}</th>{{/columns}}</tr></thead>
        <tbody>{{#rows}}<tr><th scope="row">{{name}}</th>{{#values}}<td>{{.}}</td>{{/values}}</tr>
        {{/rows}}</tbody></table></div></details>
        """

    /// A list's choice in a filter.
    static let choices = """
        <div><label for="{{id}}">{{label}}</label><select id="{{id}}" name="{{id}}">{{#options}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{text}}</option>{{/options}}</select></div>
        """

    /// From when to when.
    static let period = """
        <div><label for="since">From</label>{{#sinceWrong}}<p class="bad" id="since-wrong">{{.}}</p>{{/sinceWrong}}<input type="{{#sinceIsInstant}}text{{/sinceIsInstant}}{{^sinceIsInstant}}date{{/sinceIsInstant}}" id="since" name="since" value="{{since}}"{{#sinceWrong}} aria-invalid="true" aria-describedby="since-wrong"{{/sinceWrong}}></div>
        <div><label for="until">To, that day included</label>{{#untilWrong}}<p class="bad" id="until-wrong">{{.}}</p>{{/untilWrong}}<input type="{{#untilIsInstant}}text{{/untilIsInstant}}{{^untilIsInstant}}date{{/untilIsInstant}}" id="until" name="until" value="{{until}}"{{#untilWrong}} aria-invalid="true" aria-describedby="until-wrong"{{/untilWrong}}></div>
        """
}
