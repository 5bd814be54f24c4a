extension Templates {
    /// How pictures and the lists of people and events look.
    static let pictureCSS = """

        .picture { display: block; width: 100%; max-width: 34rem; height: auto; margin: 1rem 0; }
        .picture text { font-size: 11px; fill: currentColor; }
        .p-good { fill: var(--ok); } .p-bad { stroke: var(--bad); stroke-width: .6; } pattern .p-bad { fill: var(--bad); stroke: none; }
        .p-other { stroke: var(--link); stroke-width: .6; } pattern .p-other { fill: var(--link); stroke: none; }
        .p-rest { fill: none; stroke: currentColor; stroke-width: .8; }
        .p-line { stroke: var(--line); stroke-width: .6; } .p-hatch { stroke: Canvas; stroke-width: 2.5; } .p-dot { fill: Canvas; }
        .pages { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
        .pages a { padding: .3rem 0; }
        .fields select { width: auto; }
        .stages { padding-left: 0; list-style: none; } .stages > li { border-left: .3rem solid var(--line); padding: 0 1rem; margin: 1rem 0; }
        .stages > .done { border-color: var(--ok); } .stages h2 { margin: 0; }
        .choice { font-weight: normal; display: flex; gap: .5rem; align-items: baseline; margin-top: .5rem; }
        .choice input { flex: none; }
        .hint { margin: .2rem 0; font-size: .9rem; }
        """
}
