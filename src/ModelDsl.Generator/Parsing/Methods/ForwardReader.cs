using System.Globalization;

namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>
/// Reads the method <c>Forward</c> of a model or block as a list of layers. The method is never run: calls of layers,
/// operators and other methods are followed as a program would, with tensors that know what they come from.
/// </summary>
/// <param name="parser">Reads the blocks that the method calls.</param>
/// <param name="type">The model or block.</param>
/// <param name="method">Its method.</param>
/// <param name="cancellation">Looked at for each step.</param>
internal sealed class ForwardReader(
    LayerParser parser, INamedTypeSymbol type, IMethodSymbol method, CancellationToken cancellation)
{
    /// <summary>The name of the method that a model or block may have in place of layers as attributes.</summary>
    public const string MethodName = "Forward";

    /// <summary>The class of symbolic tensors.</summary>
    public const string TensorType = "ModelDsl.Tensor";

    // What makes a parameter of the method something else than what flows in.
    private static readonly string[] ParameterAttributes =
        ["ModelDsl.ParameterAttribute", "ModelDsl.LabelsAttribute", "ModelDsl.TargetAttribute"];

    private readonly GraphBuilder _graph = new(cancellation);

    /// <summary>The method of a class that the compiler reads; null where it has none.</summary>
    public static IMethodSymbol? MethodOf(INamedTypeSymbol type) =>
        type.GetMembers(MethodName).OfType<IMethodSymbol>().FirstOrDefault(IsOfTensors);

    /// <summary>Whether a method takes or returns symbolic tensors.</summary>
    public static bool IsOfTensors(IMethodSymbol method) =>
        IsTensor(method.ReturnType) || method.Parameters.Any(parameter => IsTensor(parameter.Type));

    /// <summary>Whether a type is that of symbolic tensors.</summary>
    public static bool IsTensor(ITypeSymbol? type) => type is { Name: "Tensor" } && type.ToDisplayString() == TensorType;

    /// <summary>Reads the method.</summary>
    /// <param name="attributes">The layer attributes of the class: input and loss of a model.</param>
    public ParsedLayers Read(ImmutableArray<AttributeData> attributes)
    {
        bool isBlock = ModelParser.IsBlock(type);
        var ends = new List<AttributeData>();
        int before = 0;
        IParameterSymbol[] flowing = [.. method.Parameters.Where(parameter => Parameter(parameter) is null)];
        bool hasSeveral = attributes.Count(IsInput) > 1;
        foreach (AttributeData attribute in attributes)
        {
            if (!isBlock && IsInput(attribute))
            {
                string number = (before + 1).ToString(CultureInfo.InvariantCulture);
                AddInput(
                    attribute,
                    !hasSeveral ? null : before < flowing.Length ? flowing[before].Name : "input" + number,
                    before > 0);
                before++;
            }
            else if (!isBlock && IsEnd(attribute.AttributeClass!))
            {
                ends.Add(attribute);
            }
            else
            {
                _graph.Report(
                    LayerBesideMethod.Message(AttributeTextOf(attribute), type.Name),
                    new AttributeSite(attribute).Location(cancellation));
            }
        }

        LayerSource? result = CheckSignature(flowing.Length, before) ? ReadBody(before) : null;
        if (result is null)
        {
            _graph.Break();
        }

        ParsedLayers layers = _graph.Finish(result, before, isBlock ? flowing.Length : 1);
        return Close(layers, ends, result is not null && !_graph.IsBroken);
    }

    // A method that cannot be read leaves a layer at its end that is not well formed, so that no stage goes beyond it.
    private ParsedLayers Close(ParsedLayers layers, List<AttributeData> ends, bool isWhole)
    {
        List<LayerDeclaration> all = [.. layers.Layers];
        List<LayerSite> sites = [.. layers.Sites];
        if (!isWhole)
        {
            var forward = new TypeArgument("", MethodName, null, IsFileLocal: false, IsLoss: false, []);
            all.Add(new LayerDeclaration(LayerDeclaration.BlockCall, MethodName, [], [forward], IsWellFormed: false)
            {
                Sources = [LayerSource.FlowsIn],
                Origin = LayerOrigin.Expression,
            });
            sites.Add(new MethodSite(method));
        }

        foreach (AttributeData end in ends)
        {
            LayerDeclaration loss = parser.ParseLayer(end, out _);
            all.Add(isWhole && end.Equals(ends[0]) ? loss with { Sources = [layers.Result!.Value] } : loss);
            sites.Add(new AttributeSite(end));
        }

        return layers with { Layers = all.ToEquatableArray(), Sites = [.. sites] };
    }

    private LayerSource? ReadBody(int before)
    {
        // Of a block in another assembly there is no text.
        if (type.ContainingAssembly is not ISourceAssemblySymbol { Compilation: { } compilation })
        {
            return null;
        }

        var reading = new Reading(
            compilation, method, _graph, new LayerCalls(_graph, parser, cancellation), parser.AddSource, cancellation);
        if (reading.Body(method) is not { } body)
        {
            return null;
        }

        var scope = new Scope(null);
        int input = 0;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            LayerSource source = Parameter(parameter) is { } attribute
                ? AddParameter(parameter, attribute)
                : before > 0 ? input++ : new LayerSource(-1, input++);
            scope.Set(parameter, new TensorValue(source));
        }

        var expressions = new ExpressionReader(reading, scope, call: null, depth: 0);
        var reader = new BodyReader(expressions, scope);
        reader.Read(body);
        return reader.Result switch
        {
            TensorValue { Source: var result } => result,
            null or UnknownValue => null,
            _ => Refused(),
        };

        LayerSource? Refused()
        {
            expressions.Refuse(MethodSyntax(), "it does not return a tensor");
            return null;
        }
    }

    private bool CheckSignature(int inputs, int declared)
    {
        string? reason = method switch
        {
            { IsStatic: false } => "it is not static",
            { IsGenericMethod: true } => "it has type parameters",
            _ when !IsTensor(method.ReturnType) => "it does not return a Tensor",
            _ when method.Parameters.Any(parameter => !IsTensor(parameter.Type) || parameter.RefKind != RefKind.None) =>
                "a parameter is no Tensor",
            _ when inputs == 0 => "no parameter is what flows in",
            _ when inputs > Math.Max(declared, 1) && !ModelParser.IsBlock(type) =>
                $"it takes {inputs} inputs and the class has {declared} [Input]",
            _ when inputs < declared => $"it takes {inputs} of the {declared} inputs of the class",
            _ => null,
        };
        if (reason is not null)
        {
            _graph.Report(ForwardHasOtherSignature.Message(type.Name, reason), method.Locations[0]);
        }

        return reason is null;
    }

    // Of several inputs each is called what the method calls it.
    private void AddInput(AttributeData attribute, string? name, bool isFurther)
    {
        LayerDeclaration layer = parser.ParseLayer(attribute, out long size);
        layer = name is null ? layer : Named(layer, name);
        layer = isFurther ? layer with { Sources = [LayerSource.FlowsIn] } : layer;
        _graph.Add(layer, new AttributeSite(attribute), size);
    }

    // A parameter of the model is a layer that takes nothing; its name is the layer's.
    private LayerSource AddParameter(IParameterSymbol parameter, AttributeData attribute) => _graph.Add(
        Named(parser.ParseLayer(attribute, out _), parameter.Name) with { Sources = [LayerSource.FlowsIn] },
        new AttributeSite(attribute));

    private static LayerDeclaration Named(LayerDeclaration layer, string name) => layer.Has(nameof(LayerAttribute.Name))
        ? layer
        : layer with { Arguments = [.. layer.Arguments, new LayerArgument(nameof(LayerAttribute.Name), name, [])] };

    private static bool IsInput(AttributeData attribute) =>
        LayerDeclaration.KindOf(attribute.AttributeClass!.MetadataName) == "Input";

    private static AttributeData? Parameter(IParameterSymbol parameter) =>
        parameter.GetAttributes().FirstOrDefault(attribute =>
            Array.Exists(ParameterAttributes, name => ModelParser.Is(attribute.AttributeClass, name)));

    private static bool IsEnd(INamedTypeSymbol attributeClass)
    {
        if (LayerDeclaration.KindOf(attributeClass.MetadataName) == "Outputs")
        {
            return true;
        }

        for (INamedTypeSymbol? type = attributeClass; type is not null; type = type.BaseType)
        {
            if (type.Name == "LossAttribute" && type.Arity == 0)
            {
                return true;
            }
        }

        return false;
    }

    private string AttributeTextOf(AttributeData attribute) => parser.ParseLayer(attribute, out _).Text;

    private SyntaxNode MethodSyntax() => method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
}
