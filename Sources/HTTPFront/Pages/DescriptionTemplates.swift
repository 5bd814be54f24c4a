extension Templates {
    static let apiIndex = """
        <p>{{introduction}}</p>
        <p>{{bearer}}</p>
        <p>Requests go to <code>{{server}}</code>. For programs: <a href="{{base}}/v1/openapi.json">the description in OpenAPI 3.1</a>.
        <a href="{{base}}/v1/docs/shapes">The shapes</a> of what is sent and answered have a page of their own.</p>
        {{#subjects}}<h2><a href="{{base}}/v1/docs/{{slug}}">{{subject}}</a></h2>
        <dl>{{#operations}}<dt><a href="{{base}}/v1/docs/{{slug}}#{{id}}"><code>{{method}} {{path}}</code></a></dt><dd>{{summary}}</dd>
        {{/operations}}</dl>{{/subjects}}
        <h2 id="refusals">What any request may be refused with</h2>
        <dl>{{#refusals}}<dt>{{status}}</dt><dd>{{words}}</dd>
        {{/refusals}}</dl>
        """

    static let apiSubject = """
        <p><a href="{{base}}/v1/docs">All requests</a>, and <a href="{{base}}/v1/docs#refusals">what any of them may be refused with</a></p>
        {{#operations}}<section aria-labelledby="{{id}}"><h2 id="{{id}}">{{method}} {{path}}</h2>
        <p>{{summary}}</p>
        {{#parameters}}<h3>Parameters</h3><dl>
        {{#rows}}<dt><code>{{name}}</code> {{place}}{{#required}}, required{{/required}}</dt><dd>{{words}} {{> apiShape}}</dd>
        {{/rows}}</dl>{{/parameters}}
        {{#body}}<h3>Body</h3><ul>{{#types}}<li><code>{{type}}</code> {{> apiShape}}</li>{{/types}}</ul>
        {{#example}}<pre>{{example}}</pre>{{/example}}{{/body}}
        <h3>Answer</h3><dl><dt>{{status}}</dt><dd>{{answer}}{{#answerTypes}}<br><code>{{type}}</code> {{> apiShape}}{{/answerTypes}}</dd>
        {{#problems}}<dt>{{status}}</dt><dd class="code">{{codes}}</dd>
        {{/problems}}</dl></section>
        {{/operations}}
        """

    static let apiShape = """
        <code>{{#pieces}}{{#isShape}}<a href="{{base}}/v1/docs/shapes#{{text}}">{{text}}</a>{{/isShape}}{{^isShape}}{{text}}{{/isShape}}{{/pieces}}</code>
        """

    static let apiShapes = """
        <p><a href="{{base}}/v1/docs">All requests</a></p>
        <p>Every member is there unless it is said to be optional.</p>
        {{#shapes}}<section aria-labelledby="{{name}}"><h2 id="{{name}}">{{name}}</h2>
        {{#words}}<p>{{words}}</p>{{/words}}{{#plain}}<p>{{> apiShape}}</p>{{/plain}}{{#example}}<p>Such as <code>{{example}}</code></p>{{/example}}
        {{#members}}<dl>{{#rows}}<dt><code>{{member}}</code>{{#optional}}, optional{{/optional}}</dt><dd>{{> apiShape}} {{memberWords}}</dd>
        {{/rows}}</dl>{{/members}}</section>
        {{/shapes}}
        """
}
