using System.Globalization;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A broken rule with what its message names; where it is broken is for others to say.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Arguments">What the rule's message format takes, in its order.</param>
internal sealed record RuleMessage(DiagnosticDescriptor Rule, EquatableArray<MessageArgument> Arguments)
{
    public RuleMessage(DiagnosticDescriptor rule, params MessageArgument[] arguments)
        : this(rule, arguments.ToEquatableArray())
    {
    }

    /// <summary>What would help, where a code fix can do it.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>The argument that a code fix reads.</summary>
    public NamedArgument? ForFix { get; init; }

    public bool IsError => Rule.DefaultSeverity == DiagnosticSeverity.Error;

    /// <summary>The texts that Roslyn puts into the message format.</summary>
    public object[] Texts => [.. Arguments.Select(argument => argument.ToString())];

    /// <summary>What two messages of one rule have in common: sizes in which they differ are unknown.</summary>
    public RuleMessage Common(RuleMessage other) =>
        this with
        {
            Arguments = MessageArgument.Common(Arguments, other.Arguments),
            Remedy = Remedy == other.Remedy ? Remedy : Remedy?.Common(other.Remedy),
            ForFix = ForFix?.Common(other.ForFix),
        };

    /// <summary>The diagnostic at a place.</summary>
    /// <param name="location">Where the rule is broken.</param>
    /// <param name="others">Further places that it is about.</param>
    /// <param name="properties">What code fixes need to know.</param>
    public Diagnostic At(
        Location? location,
        IEnumerable<Location>? others = null,
        ImmutableDictionary<string, string?>? properties = null) =>
        Diagnostic.Create(Rule, location, others, properties, Texts);

    /// <summary>The message, as the diagnostic shows it.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, Rule.MessageFormat.ToString(CultureInfo.InvariantCulture), Texts);
}

/// <summary>An argument of a message, by the name of the property that holds it in the diagnostic.</summary>
internal sealed record NamedArgument(string Name, MessageArgument Value)
{
    /// <summary>What it has in common with that of another message of the rule.</summary>
    public NamedArgument Common(NamedArgument? other) =>
        other is null ? this : this with { Value = MessageArgument.Common([Value], [other.Value])[0] };
}
