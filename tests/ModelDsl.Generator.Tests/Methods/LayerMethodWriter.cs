using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Tests.Methods;

/// <summary>
/// Writes the methods of layers from the classes of their attributes: arguments of constructors are required,
/// properties are optional, and the documentation is the attribute's.
/// </summary>
internal sealed partial class LayerMethodWriter
{
    private const string Suffix = "Attribute";

    // What stands at a method's start or end is no layer in between, and parameters have an attribute of their own.
    private static readonly HashSet<string> NoMethods = ["Input", "Labels", "Loss", "Outputs", "Parameter", "Target"];

    // Of these the method would do what a view, a function or a mask does: nothing to freeze.
    private static readonly HashSet<string> WithoutParameters =
    [
        "Activation", "ActivityRegularization", "AvgPool1D", "AvgPool2D", "AvgPool3D", "Clip", "Dropout", "Elu",
        "Flatten", "Gelu", "GlobalAveragePool",
        "Glu", "HardSigmoid", "HardSwish", "LeakyRelu", "LocalResponseNorm", "LogSoftmax", "MaxPool1D", "MaxPool2D",
        "MaxPool3D", "Mish", "OneHot", "Pad", "PixelShuffle",
        "PixelUnshuffle", "Relu", "Reshape", "Resize", "Selu", "Sigmoid", "Silu", "SinusoidalPosition", "Softmax",
        "Softplus", "SpatialDropout", "Tanh", "ToSequence", "Upsample",
    ];

    // The compiler has classes of the same names.
    private static readonly Assembly Runtime = typeof(ModelAttribute).Assembly;
    private static readonly Type LayerBase = Runtime.GetType("ModelDsl.LayerAttribute")!;
    private static readonly Type LossBase = Runtime.GetType("ModelDsl.LossAttribute")!;

    private readonly Dictionary<string, ClassDeclarationSyntax> _classes;

    /// <param name="sources">The texts of the attributes' files.</param>
    public LayerMethodWriter(IEnumerable<string> sources) => _classes = sources
        .SelectMany(source => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
        .ToDictionary(KeyOf, StringComparer.Ordinal);

    /// <summary>The file of all methods.</summary>
    public string Write()
    {
        IEnumerable<string> methods = _classes.Values
            .Where(declaration => !NoMethods.Contains(NameOf(declaration)))
            .Select(declaration => (Declaration: declaration, Type: TypeOf(declaration)))
            .Where(layer => layer.Type is { IsAbstract: false }
                && LayerBase.IsAssignableFrom(layer.Type)
                && !LossBase.IsAssignableFrom(layer.Type))
            .OrderBy(layer => NameOf(layer.Declaration), StringComparer.Ordinal)
            .ThenBy(layer => layer.Declaration.Arity)
            .SelectMany(layer => MethodsOf(layer.Declaration, layer.Type!));
        return $$"""
            namespace ModelDsl;

            // Made from the attributes of the layers; LayerMethodTests writes it anew where UPDATE_SNAPSHOTS is set.
            public sealed partial class Tensor
            {
            {{string.Join("\n", methods).TrimEnd()}}
            }

            """.ReplaceLineEndings("\n");
    }

    private IEnumerable<string> MethodsOf(ClassDeclarationSyntax declaration, Type type)
    {
        ConstructorInfo[] constructors =
            [.. type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length)];
        return constructors.Select((constructor, number) =>
            MethodOf(declaration, type, constructor, isLonger: constructors.Length > 1 && number == 0));
    }

    private string MethodOf(ClassDeclarationSyntax declaration, Type type, ConstructorInfo constructor, bool isLonger)
    {
        string name = NameOf(declaration);
        ParameterInfo[] required = constructor.GetParameters();
        bool isList = required.Any(parameter => parameter.IsDefined(typeof(ParamArrayAttribute)));
        object sample = constructor.Invoke([.. required.Select(parameter => Sample(parameter.ParameterType))]);
        PropertyInfo[] optional = isList ? [] : [.. PropertiesOf(type).Where(property => property.Name != "Frozen" || !WithoutParameters.Contains(name))];

        var text = new StringBuilder();
        AppendDocumentation(text, declaration, type, constructor, optional);
        if (isLonger)
        {
            text.AppendLine("    [OverloadResolutionPriority(1)]");
        }

        string types = declaration.TypeParameterList?.ToString() ?? "";
        string[] parameters =
        [
            .. required.Select(Declared),
            .. optional.Select(property => $"{TypeName(property.PropertyType, property)} {Camel(property.Name)} = {Literal(property.GetValue(sample))}"),
        ];
        string head = $"    public Tensor {name}{types}(";
        string line = $"{head}{string.Join(", ", parameters)})";
        text.AppendLine(line.Length <= 120 ? line : $"{head}\n        {string.Join(",\n        ", parameters)})");
        foreach (TypeParameterConstraintClauseSyntax constraint in declaration.ConstraintClauses)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"        {constraint.ToString().Trim()}");
        }

        text.AppendLine("        => throw IsOnlyRead();");
        return text.ToString().ReplaceLineEndings("\n");
    }

    private void AppendDocumentation(
        StringBuilder text, ClassDeclarationSyntax declaration, Type type, ConstructorInfo constructor, PropertyInfo[] optional)
    {
        Dictionary<string, string> names = PropertiesOf(type)
            .Concat(type.GetProperties())
            .DistinctBy(property => property.Name)
            .ToDictionary(property => property.Name, property => Camel(property.Name), StringComparer.Ordinal);
        SyntaxNode documented = declaration.Members.OfType<ConstructorDeclarationSyntax>()
            .Where(candidate => candidate.ParameterList.Parameters.Count == constructor.GetParameters().Length)
            .FirstOrDefault(candidate => candidate.ParameterList.Parameters.Count != declaration.ParameterList?.Parameters.Count)
            ?? (SyntaxNode)declaration;
        Append("summary", "", Element(declaration, "summary", null));
        foreach (ParameterInfo parameter in constructor.GetParameters())
        {
            Append("param", $" name=\"{parameter.Name}\"", Element(documented, "param", parameter.Name));
        }

        foreach (PropertyInfo property in optional)
        {
            Append("param", $" name=\"{Camel(property.Name)}\"", SummaryOf(SyntaxOf(property)));
        }

        foreach (TypeParameterSyntax parameter in declaration.TypeParameterList?.Parameters ?? default)
        {
            string given = parameter.Identifier.Text;
            Append("typeparam", $" name=\"{given}\"", Element(declaration, "typeparam", given));
        }

        void Append(string element, string attributes, string content)
        {
            HashSet<string> parameters =
                [.. constructor.GetParameters().Select(parameter => parameter.Name!), .. optional.Select(property => Camel(property.Name))];
            content = Reference().Replace(content, match =>
                names.TryGetValue(match.Groups[1].Value, out string? camel)
                    ? parameters.Contains(camel) ? $"<paramref name=\"{camel}\"/>" : $"<c>{camel}</c>"
                    : match.Value);
            string oneLine = $"    /// <{element}{attributes}>{content}</{element}>";
            if (oneLine.Length <= 120)
            {
                text.AppendLine(oneLine);
                return;
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"    /// <{element}{attributes}>");
            foreach (string line in Wrapped(content, 112))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    /// {line}");
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"    /// </{element}>");
        }
    }

    private static IEnumerable<string> Wrapped(string content, int width)
    {
        string line = "";
        foreach (string word in Words().Matches(content).Select(match => match.Value))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }

    // Own properties first, then those of the classes above.
    private static IEnumerable<PropertyInfo> PropertiesOf(Type type)
    {
        for (Type? level = type; level != LayerBase && level is not null; level = level.BaseType)
        {
            foreach (PropertyInfo property in level.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.CanWrite))
            {
                yield return property;
            }
        }

        yield return LayerBase.GetProperty("Name")!;
        yield return LayerBase.GetProperty("Frozen")!;
    }

    private PropertyDeclarationSyntax SyntaxOf(PropertyInfo property) =>
        _classes[property.DeclaringType!.Name].Members.OfType<PropertyDeclarationSyntax>()
            .Single(candidate => candidate.Identifier.Text == property.Name);

    // Some properties have the summary of another class's: <inheritdoc cref="WeightedLayerAttribute.UseBias" />.
    private string SummaryOf(PropertyDeclarationSyntax property)
    {
        Match inherited = Inherited().Match(property.GetLeadingTrivia().ToFullString());
        return inherited.Success
            ? SummaryOf(_classes[inherited.Groups[1].Value].Members.OfType<PropertyDeclarationSyntax>()
                .Single(candidate => candidate.Identifier.Text == inherited.Groups[2].Value))
            : Element(property, "summary", null);
    }

    private static string Element(SyntaxNode node, string element, string? name)
    {
        string text = string.Join(
            " ",
            node.GetLeadingTrivia().ToFullString().Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("///", StringComparison.Ordinal)).Select(line => line[3..].Trim()));
        string attribute = name is null ? "" : $" name=\"{name}\"";
        Match match = Regex.Match(text, $"<{element}{attribute}>(.*?)</{element}>");
        return match.Success ? match.Groups[1].Value.Trim() : throw new InvalidOperationException($"{node} has no <{element}{attribute}>.");
    }

    private static string Declared(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
        + $"{TypeName(parameter.ParameterType, null)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {Literal(parameter.DefaultValue)}" : "");

    private static string TypeName(Type type, PropertyInfo? property) =>
        type == typeof(int) ? "int"
        : type == typeof(bool) ? "bool"
        : type == typeof(double) ? "double"
        : type == typeof(int[]) ? "int[]"
        : type == typeof(string) ? property is null ? "string" : "string?"
        : type.Name;

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        Enum member => $"{member.GetType().Name}.{member}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static object? Sample(Type type) =>
        type == typeof(int[]) ? new int[] { 1 } : type == typeof(int) ? 1 : type == typeof(double) ? 0.5 : null;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string NameOf(ClassDeclarationSyntax declaration) => declaration.Identifier.Text[..^Suffix.Length];

    private static string KeyOf(ClassDeclarationSyntax declaration) =>
        declaration.Identifier.Text + (declaration.Arity > 0 ? $"`{declaration.Arity}" : "");

    private static Type? TypeOf(ClassDeclarationSyntax declaration)
    {
        Type? type = Runtime.GetType($"ModelDsl.{KeyOf(declaration)}");
        return type is { IsGenericTypeDefinition: true } && type.GetGenericArguments()[0].GetGenericParameterConstraints().Length == 0
            ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(object))])
            : type is { IsGenericTypeDefinition: true } ? type.MakeGenericType(typeof(CompilerServices.Relu)) : type;
    }

    [GeneratedRegex("<see cref=\"(?:[A-Za-z0-9]+Attribute\\.)?([A-Za-z0-9]+)\"/>")]
    private static partial Regex Reference();

    [GeneratedRegex("<inheritdoc cref=\"([A-Za-z0-9]+)\\.([A-Za-z0-9]+)\"")]
    private static partial Regex Inherited();

    // An element with its attributes is one word.
    [GeneratedRegex(@"(?:<[^>]*>|[^\s<])+")]
    private static partial Regex Words();
}
