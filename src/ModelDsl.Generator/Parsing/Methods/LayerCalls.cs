using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>Makes layers of calls of a tensor's methods, of operators and of indexers.</summary>
/// <param name="graph">Takes the layers.</param>
/// <param name="parser">Reads the blocks that calls name.</param>
/// <param name="cancellation">Looked at for each layer.</param>
internal sealed class LayerCalls(GraphBuilder graph, LayerParser parser, CancellationToken cancellation)
{
    /// <summary>What the names of the primitives' argument classes begin with.</summary>
    public const string Primitives = "ModelDsl.Generator.Layers.Primitives.";

    private const string TupleMethods = "ModelDsl.TensorTuples";

    // Operations that are called otherwise than their argument classes.
    private static readonly Dictionary<string, string> PrimitiveNames = new(StringComparer.Ordinal)
    {
        ["Concat"] = "Concatenate",
        ["Sum"] = "ReduceSum",
        ["Mean"] = "ReduceMean",
        ["Max"] = "ReduceMax",
        ["Min"] = "ReduceMin",
        ["Variance"] = "ReduceVariance",
        ["Norm"] = "ReduceNorm",
        ["LogSumExp"] = "ReduceLogSumExp",
        ["op_Addition"] = "Add",
        ["op_Subtraction"] = "Subtract",
        ["op_Multiply"] = "Multiply",
        ["op_Division"] = "Divide",
        ["op_UnaryNegation"] = "Negate",
        ["op_LessThan"] = "Less",
        ["op_LessThanOrEqual"] = "LessOrEqual",
        ["op_GreaterThan"] = "Greater",
        ["op_GreaterThanOrEqual"] = "GreaterOrEqual",
    };

    /// <summary>Whether a method is that of a layer or an operation of tensors.</summary>
    public bool Knows(IMethodSymbol method) =>
        ForwardReader.IsTensor(method.ContainingType) || method.ContainingType?.ToDisplayString() == TupleMethods;

    /// <summary>The layer that an operator makes of tensors and numbers.</summary>
    public MethodValue Operator(SyntaxNode syntax, IMethodSymbol method, MethodValue left, MethodValue? right, Location? call)
    {
        var sources = new List<LayerSource>();
        var arguments = new List<LayerArgument>();
        foreach (MethodValue operand in right is null ? [left] : new[] { left, right })
        {
            switch (operand)
            {
                case TensorValue tensor:
                    sources.Add(tensor.Source);
                    break;
                case ConstantValue { Constant: IConvertible number }:
                    arguments.AddRange(Number(number, ReferenceEquals(operand, left)));
                    break;
                default:
                    return Refused(syntax, "an operand is neither a tensor nor a number", call);
            }
        }

        return new TensorValue(Add(Primitive(method.Name), syntax, sources, arguments, NoSyntax, call));
    }

    /// <summary>The layer that takes a part of a tensor's first dimension.</summary>
    public MethodValue Part(SyntaxNode syntax, TensorValue tensor, MethodValue index, Location? call)
    {
        (string kind, LayerArgument[] arguments) = index switch
        {
            RangeValue { Start: var start, End: var end } => ("Slice", (LayerArgument[])
            [
                new("dimension", 0, []), new("start", start.Signed, []),
                new("end", end is { IsFromEnd: true, Index: 0 } ? int.MaxValue : end.Signed, []), new("step", 1, []),
            ]),
            _ => ("Select", [new("dimension", 0, []), new("index", ((IndexValue)index).Signed, [])]),
        };
        return new TensorValue(
            Add(Primitives + kind + "Attribute", syntax, [tensor.Source], arguments, NoSyntax, call));
    }

    /// <summary>The layer that a call of a tensor's method is.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="instance">What it is called on; null for a static method.</param>
    /// <param name="given">The arguments that are written.</param>
    /// <param name="scope">Says what type parameters stand for.</param>
    /// <param name="call">The call in the forward method that leads to it; null where it stands there.</param>
    public MethodValue Call(
        IInvocationOperation invocation,
        MethodValue? instance,
        IReadOnlyDictionary<IParameterSymbol, MethodValue> given,
        Scope scope,
        Location? call)
    {
        IMethodSymbol method = invocation.TargetMethod;
        string attribute = AttributeOf(method);
        var sources = new List<LayerSource>();
        var arguments = new List<LayerArgument>();
        var texts = new Dictionary<string, SyntaxNode>(StringComparer.Ordinal);
        if (instance is not null && !AddSources(instance, sources))
        {
            return Refused(invocation.Syntax, "it is called on no tensor", call);
        }

        foreach (IParameterSymbol parameter in method.Parameters.Where(given.ContainsKey))
        {
            MethodValue value = given[parameter];
            string name = AttributeReader.NameOf(attribute, parameter.Name);
            if (ArgumentOf(name, value, parameter.Type) is { } argument)
            {
                arguments.Add(argument);
            }
            else if (value is ConstantValue { Constant: IConvertible number } && ForwardReader.IsTensor(parameter.Type)
                && NumberOf(parameter, number) is { } replaced)
            {
                arguments.AddRange(replaced);
            }
            else if (value is not ConstantValue { Constant: null } && !AddSources(value, sources))
            {
                return Refused(invocation.Syntax, $"the argument '{parameter.Name}' is neither a constant nor a tensor", call);
            }

            AddTexts(invocation, parameter, name, texts);
        }

        ImmutableArray<ITypeSymbol> types = [.. method.TypeArguments.Select(scope.Find)];
        foreach (INamedTypeSymbol type in types.OfType<INamedTypeSymbol>())
        {
            parser.AddSource(type);
        }

        LayerSource first = Add(
            attribute, invocation.Syntax, sources, arguments, texts, call, types,
            method.OriginalDefinition.TypeParameters);
        if (PartsOf(attribute, arguments) is { } count)
        {
            return new ListValue(
                [.. Enumerable.Range(0, count).Select(number => new TensorValue(first with { Output = number }))]);
        }

        return Outputs(method.ReturnType, ref first);
    }

    // The outputs of a layer in the order in which they stand in the type of its method: a tensor, or a tuple of such.
    private static MethodValue Outputs(ITypeSymbol type, ref LayerSource next)
    {
        if (type is not INamedTypeSymbol { IsTupleType: true } tuple)
        {
            LayerSource output = next;
            next = next with { Output = next.Output + 1 };
            return new TensorValue(output);
        }

        var elements = ImmutableArray.CreateBuilder<MethodValue>();
        foreach (IFieldSymbol element in tuple.TupleElements)
        {
            elements.Add(Outputs(element.Type, ref next));
        }

        return new ListValue(elements.ToImmutable());
    }

    // A number in the place of a tensor; null where the operation takes none there.
    private static IEnumerable<LayerArgument>? NumberOf(IParameterSymbol parameter, IConvertible number) =>
        parameter.Name switch
        {
            "other" or "exponent" => Number(number, isLeft: false),
            "whenTrue" => Choice("First", number),
            "whenFalse" => Choice("Second", number),
            _ => null,
        };

    private static IEnumerable<LayerArgument> Choice(string place, IConvertible number) =>
    [
        new($"{place}Number", number.ToDouble(CultureInfo.InvariantCulture), []), new($"Has{place}Number", true, []),
    ];

    // A number as the operand of a function of two elements.
    private static IEnumerable<LayerArgument> Number(IConvertible number, bool isLeft) =>
    [
        new("Number", number.ToDouble(CultureInfo.InvariantCulture), []), new("HasNumber", true, []),
        new("NumberIsLeft", isLeft, []),
    ];

    private static IReadOnlyDictionary<string, SyntaxNode> NoSyntax => ImmutableDictionary<string, SyntaxNode>.Empty;

    private MethodValue Refused(SyntaxNode syntax, string reason, Location? call)
    {
        graph.Refuse(syntax, reason, call);
        return MethodValue.Unknown;
    }

    private static bool AddSources(MethodValue value, List<LayerSource> sources)
    {
        switch (value)
        {
            case TensorValue tensor:
                sources.Add(tensor.Source);
                return true;
            case ListValue list:
                return list.Elements.All(element => AddSources(element, sources));
            default:
                return false;
        }
    }

    private static LayerArgument? ArgumentOf(string name, MethodValue value, ITypeSymbol type) => value switch
    {
        ConstantValue { Constant: { } constant } when !ForwardReader.IsTensor(type) => new LayerArgument(name, constant, []),
        ListValue { Elements: var elements }
            when IsOfIntegers(type) && elements.All(element => element is ConstantValue { Constant: int }) =>
            new LayerArgument(
                name, null, elements.Select(element => (int)((ConstantValue)element).Constant!).ToEquatableArray()),
        _ => null,
    };

    private static bool IsOfIntegers(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.SpecialType == SpecialType.System_Int32,
        INamedTypeSymbol { TypeArguments: [var element] } => element.SpecialType == SpecialType.System_Int32,
        _ => false,
    };

    // The syntax of an argument; of each element where a list is written without brackets.
    private static void AddTexts(
        IInvocationOperation invocation, IParameterSymbol parameter, string name, Dictionary<string, SyntaxNode> texts)
    {
        IArgumentOperation? written = invocation.Arguments.FirstOrDefault(
            argument => SymbolEqualityComparer.Default.Equals(argument.Parameter, parameter));
        if (written is null)
        {
            return;
        }

        texts[name] = (written.Syntax as ArgumentSyntax)?.Expression ?? written.Syntax;
        if (written is { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer: { } elements } })
        {
            for (int i = 0; i < elements.ElementValues.Length; i++)
            {
                texts[$"{name}[{i}]"] = elements.ElementValues[i].Syntax;
            }
        }
    }

    private LayerSource Add(
        string attribute,
        SyntaxNode syntax,
        IReadOnlyList<LayerSource> sources,
        IEnumerable<LayerArgument> arguments,
        IReadOnlyDictionary<string, SyntaxNode> texts,
        Location? call,
        ImmutableArray<ITypeSymbol> types = default,
        ImmutableArray<ITypeParameterSymbol> parameters = default)
    {
        cancellation.Look();
        types = types.IsDefault ? [] : types;
        EquatableArray<TypeArgument> typeArguments = parser.ParseTypes(
            types, parameters.IsDefault ? [] : parameters, out long size, out bool areAllowed);
        var layer = new LayerDeclaration(
            attribute, ExpressionText.Of(syntax), arguments.ToEquatableArray(), typeArguments, areAllowed)
        {
            Sources = sources.ToEquatableArray(),
            Origin = LayerOrigin.Expression,
        };
        return graph.Add(layer, new ExpressionSite(syntax, texts, types, call), 1 + size);
    }

    // The number of tensors that a layer gives as a list; null for one that gives one.
    private static int? PartsOf(string attribute, List<LayerArgument> arguments) =>
        attribute == Primitives + "SplitAttribute"
        && arguments.Find(argument => argument.Name == "count") is { Scalar: int count }
            ? Math.Max(1, Math.Min(count, BlockDeclaration.MostLayers))
            : null;

    private static string AttributeOf(IMethodSymbol method) => method switch
    {
        { Name: "Block", Arity: 1 } => LayerDeclaration.BlockCall,
        { Arity: > 0 } => $"ModelDsl.{method.Name}Attribute`{method.Arity}",

        // Of one name there are a layer and an operation.
        { Name: "Softmax" or "LogSoftmax" } when Takes(method, "dimension") => $"{Primitives}{method.Name}OverAttribute",
        { Name: "Pad" } when Takes(method, "before") => $"{Primitives}BorderAttribute",
        _ when AttributeReader.Knows($"ModelDsl.{method.Name}Attribute") && !PrimitiveNames.ContainsKey(method.Name) =>
            $"ModelDsl.{method.Name}Attribute",
        _ => Primitive(method.Name),
    };

    private static bool Takes(IMethodSymbol method, string parameter) =>
        method.Parameters.Any(candidate => candidate.Name == parameter);

    private static string Primitive(string method) =>
        Primitives + (PrimitiveNames.TryGetValue(method, out string? name) ? name : method) + "Attribute";
}
