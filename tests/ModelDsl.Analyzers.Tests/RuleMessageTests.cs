using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.Analyzers.Tests;

public sealed partial class RuleMessageTests
{
    public static TheoryData<string> Rules => [.. Messages.Keys];

    [Fact]
    public void Every_rule_has_one_method_that_makes_its_message() =>
        Assert.Equal(RuleCatalog.All.Select(rule => rule.Id), Messages.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_message_takes_as_many_arguments_as_its_format_has_places_and_shows_each(string id)
    {
        (DiagnosticDescriptor rule, MethodInfo method) = Messages[id];
        string format = rule.MessageFormat.ToString(CultureInfo.InvariantCulture);
        int places = Place.Matches(format).Select(place => place.Value).Distinct().Count();
        ParameterInfo[] parameters = method.GetParameters();
        object[] values = [.. parameters.Select((parameter, number) => Value(parameter.ParameterType, number))];

        var message = (RuleMessage)method.Invoke(null, values)!;

        Assert.Equal(rule, message.Rule);
        Assert.Equal(places, values.Length);
        Assert.Equal(values.Select(value => $"{value}"), message.Arguments.Select(argument => $"{argument}"));
        Assert.All(values, value => Assert.Contains($"{value}", $"{message}", StringComparison.Ordinal));
    }

    [Fact]
    public void Sizes_in_which_two_messages_differ_are_unknown()
    {
        static RuleMessage Message(int size) =>
            DenseNeedsVector.Message(new Extents(size, 12), "[Input]", MessageArgument.Phrase($"write {size} or {3}"));

        Assert.Equal(
            "Dense expects a vector, but its input is ?x12 from [Input]; write ? or 3",
            $"{Message(12).Common(Message(60))}");
    }

    [Fact]
    public void Sizes_in_which_two_messages_differ_are_unknown_in_the_message_around_them_too()
    {
        static RuleMessage Outer(int size) =>
            BlockDoesNotFit.Message(
                "B", new Extents(size), "[Input]", HeadsMustDivideWidth.Message("SelfAttention", 5, size, "[Input]"));

        Assert.Equal(
            "The block 'B' does not fit its input ? from [Input]: SelfAttention splits features among its "
            + "heads, but 5 heads do not divide ? features from [Input]",
            $"{Outer(12).Common(Outer(840))}");
    }

    [Fact]
    public void Words_with_digits_and_braces_are_shown_as_they_are() =>
        Assert.Equal("'{0} 1' has an input and no layer behind it", $"{ModelNeedsLayer.Message("{0} 1")}");

    private static Dictionary<string, (DiagnosticDescriptor Rule, MethodInfo Method)> Messages { get; } =
        typeof(RuleCatalog).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(RuleCatalog).Namespace)
            .Select(type => (
                Rule: type.GetField("Rule")?.GetValue(null) as DiagnosticDescriptor,
                Method: type.GetMethod("Message")))
            .Where(pair => pair is { Rule: not null, Method: not null })
            .ToDictionary(pair => pair.Rule!.Id, pair => (pair.Rule!, pair.Method!));

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place { get; }

    // Each as an object: all of them would also convert to a MessageArgument.
    private static object Value(Type type, int number)
    {
        int size = 1000 + number;
        object[] values =
        [
            $"word{number}", size, (long)size, size + 0.5f, new Extents(size, size),
            MessageArgument.Phrase($"phrase {size}"),
            new Remedy($"remedy {size}"), ModelNeedsInput.Message($"M{number}"),
        ];
        return values.Single(value => value.GetType() == type);
    }
}
