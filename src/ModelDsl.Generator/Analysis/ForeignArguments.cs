using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Analysis;

/// <summary>Arguments that were written as PyTorch or Keras take them, as they are written here.</summary>
/// <param name="Arguments">The list of arguments with its parentheses, or nothing.</param>
/// <param name="Activation">The layer that stands for an activation among the arguments, if there is one.</param>
/// <param name="Reason">What is different here.</param>
internal sealed record ForeignArguments(string Arguments, string? Activation, string Reason)
{
    private const string KnownInputs = "gives the number of inputs, which is known from the layer before";
    private const string NoNumber = "takes no such number, since it is known from the layer before";
    private const string OtherNames = "names its arguments as another library does";
    private const string NamedHere = "gives by order what has a name here";
    private const string WindowAndStride =
        "gives the height and the width of a window, where PyTorch takes its size and the stride";
    private const string LayerOfItsOwn = "has an activation among its arguments, which is a layer of its own here";

    // The parameters by the names that they have elsewhere, in the order in which they are written here.
    private static readonly Dictionary<string, string[][]> Parameters = new(StringComparer.Ordinal)
    {
        [Kind<DenseAttribute>()] = [["units", "outfeatures"]],
        [Kind<LstmAttribute>()] = [["units", "hiddensize"]],
        [Kind<GruAttribute>()] = [["units", "hiddensize"]],
        [Kind<SimpleRnnAttribute>()] = [["units", "hiddensize"]],
        [Kind<Conv1DAttribute>()] = [["filters", "outchannels"], ["kernelsize"]],
        [Kind<Conv2DAttribute>()] = [["filters", "outchannels"], ["kernelsize"]],
        [Kind<ConvTranspose2DAttribute>()] = [["filters", "outchannels"], ["kernelsize"]],
        [Kind<MaxPool2DAttribute>()] = [["size", "kernelsize", "poolsize"]],
        [Kind<AvgPool2DAttribute>()] = [["size", "kernelsize", "poolsize"]],
        [Kind<DropoutAttribute>()] = [["rate", "p"]],
        [Kind<SpatialDropoutAttribute>()] = [["rate", "p"]],
        [Kind<EmbeddingAttribute>()] = [["vocabulary", "numembeddings", "inputdim"], ["width", "embeddingdim", "outputdim"]],
        [Kind<GroupNormAttribute>()] = [["groups", "numgroups"]],
        [Kind<BatchNormAttribute>()] = [],
        [Kind<LayerNormAttribute>()] = [],
        [Kind<RmsNormAttribute>()] = [],
        [Kind<FlattenAttribute>()] = [],
        [Kind<SoftmaxAttribute>()] = [],
        [Kind<LogSoftmaxAttribute>()] = [],
        [Kind<ReluAttribute>()] = [],
        [Kind<SigmoidAttribute>()] = [],
        [Kind<TanhAttribute>()] = [],
    };

    private static readonly HashSet<string> WithInputs = new(StringComparer.Ordinal)
    {
        Kind<DenseAttribute>(), Kind<LstmAttribute>(), Kind<GruAttribute>(), Kind<SimpleRnnAttribute>(),
        Kind<Conv1DAttribute>(), Kind<Conv2DAttribute>(), Kind<ConvTranspose2DAttribute>(),
    };

    private static readonly HashSet<string> Windows = new(StringComparer.Ordinal)
    {
        Kind<Conv2DAttribute>(), Kind<ConvTranspose2DAttribute>(),
    };

    private static readonly HashSet<string> Pools = new(StringComparer.Ordinal)
    {
        Kind<MaxPool2DAttribute>(), Kind<AvgPool2DAttribute>(),
    };

    // What PyTorch writes behind the parameters, in its order.
    private static readonly Dictionary<string, string[]> Further = new(StringComparer.Ordinal)
    {
        [Kind<DenseAttribute>()] = [nameof(IBiasArguments.UseBias)],
        [Kind<Conv1DAttribute>()] = [nameof(WindowAttribute.Stride), nameof(WindowAttribute.PaddingSize)],
        [Kind<Conv2DAttribute>()] = [nameof(WindowAttribute.Stride), nameof(WindowAttribute.PaddingSize)],
        [Kind<ConvTranspose2DAttribute>()] = [nameof(WindowAttribute.Stride), nameof(WindowAttribute.PaddingSize)],
        [Kind<MaxPool2DAttribute>()] = [nameof(WindowAttribute.Stride), nameof(WindowAttribute.PaddingSize)],
        [Kind<AvgPool2DAttribute>()] = [nameof(WindowAttribute.Stride), nameof(WindowAttribute.PaddingSize)],
        [Kind<DropoutAttribute>()] = [""],
        [Kind<SpatialDropoutAttribute>()] = [""],
        [Kind<GroupNormAttribute>()] = [""],
        [Kind<BatchNormAttribute>()] = [""],
        [Kind<LayerNormAttribute>()] = [""],
        [Kind<RmsNormAttribute>()] = [""],
        [Kind<FlattenAttribute>()] = [""],
        [Kind<SoftmaxAttribute>()] = [""],
        [Kind<LogSoftmaxAttribute>()] = [""],
        [Kind<ReluAttribute>()] = [""],
    };

    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["stride"] = nameof(WindowAttribute.Stride),
        ["strides"] = nameof(WindowAttribute.Stride),
        ["padding"] = nameof(WindowAttribute.PaddingSize),
        ["dilation"] = nameof(IDilationArguments.Dilation),
        ["dilationrate"] = nameof(IDilationArguments.Dilation),
        ["groups"] = nameof(IGroupArguments.Groups),
        ["bias"] = nameof(IBiasArguments.UseBias),
        ["usebias"] = nameof(IBiasArguments.UseBias),
        ["eps"] = nameof(IEpsilonArguments.Epsilon),
        ["epsilon"] = nameof(IEpsilonArguments.Epsilon),
        ["momentum"] = nameof(BatchNormAttribute.Momentum),
        ["returnsequences"] = nameof(RecurrentAttribute.ReturnSequences),
        ["gobackwards"] = nameof(RecurrentAttribute.GoBackwards),
    };

    // What is known here, or of no effect.
    private static readonly HashSet<string> Superfluous = new(StringComparer.Ordinal)
    {
        "infeatures", "inchannels", "inputsize", "numfeatures", "numchannels", "normalizedshape", "inplace", "batchfirst",
        "startdim", "dim",
    };

    private static readonly Dictionary<string, string?> Activations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["relu"] = Kind<ReluAttribute>(),
        ["sigmoid"] = Kind<SigmoidAttribute>(),
        ["hard_sigmoid"] = Kind<HardSigmoidAttribute>(),
        ["tanh"] = Kind<TanhAttribute>(),
        ["softmax"] = Kind<SoftmaxAttribute>(),
        ["log_softmax"] = Kind<LogSoftmaxAttribute>(),
        ["gelu"] = Kind<GeluAttribute>(),
        ["silu"] = Kind<SiluAttribute>(),
        ["swish"] = Kind<SiluAttribute>(),
        ["selu"] = Kind<SeluAttribute>(),
        ["elu"] = Kind<EluAttribute>(),
        ["leaky_relu"] = Kind<LeakyReluAttribute>(),
        ["mish"] = Kind<MishAttribute>(),
        ["softplus"] = Kind<SoftplusAttribute>(),
        ["linear"] = null,
    };

    /// <summary>
    /// The arguments as they are written here; null where they are already, or where it is not known what they mean.
    /// </summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="kind">The name of ours that it has, or is to have: <c>Dense</c>.</param>
    public static ForeignArguments? Of(AttributeSyntax attribute, string kind) =>
        attribute.ArgumentList is { } list && Parameters.TryGetValue(kind, out string[][]? parameters)
            ? new Reader(attribute, kind, parameters).Read(list)
            : null;

    private static string Kind<TAttribute>()
        where TAttribute : LayerAttribute => LayerDeclaration.KindOf(typeof(TAttribute).Name);

    private sealed class Reader(AttributeSyntax attribute, string kind, string[][] parameters)
    {
        private readonly string?[] _values = new string?[parameters.Length];
        private readonly List<string> _named = [];
        private string? _activation;
        private string? _reason;

        public ForeignArguments? Read(AttributeArgumentListSyntax list)
        {
            ILookup<bool, AttributeArgumentSyntax> arguments =
                list.Arguments.ToLookup(argument => argument.NameEquals is not null || argument.NameColon is not null);
            if (!ReadPositional([.. arguments[false]])
                || !arguments[true].All(ReadNamed)
                || _reason is null
                || _values.Contains(null))
            {
                return null;
            }

            string[] written = [.. _values!, .. _named];
            string between = written.Length == 0 ? "" : $"({string.Join(", ", written)})";
            return new ForeignArguments(between, _activation, _reason);
        }

        private bool ReadPositional(List<AttributeArgumentSyntax> positional)
        {
            if (positional.Count > 1 && Text(positional[positional.Count - 1].Expression) is { } text)
            {
                if (!ReadActivation(text))
                {
                    return false;
                }

                positional.RemoveAt(positional.Count - 1);
            }

            // A window of three numbers is ours: filters, height and width.
            bool isWindow = Windows.Contains(kind) && positional.Count == 3;
            bool isPool = Pools.Contains(kind) && positional.Count == 2;
            if (isWindow || (isPool && !IsWindowAndStride(positional)))
            {
                return false;
            }

            _reason ??= isPool ? WindowAndStride : null;

            if (WithInputs.Contains(kind) && positional.Count > parameters.Length)
            {
                positional.RemoveAt(0);
                _reason = KnownInputs;
            }

            string[] further = Further.TryGetValue(kind, out string[]? names) ? names : [];
            for (int i = 0; i < positional.Count; i++)
            {
                string value = positional[i].Expression.ToString();
                if (i < parameters.Length)
                {
                    _values[i] = value;
                    continue;
                }

                if (i - parameters.Length >= further.Length || Text(positional[i].Expression) is not null)
                {
                    return false;
                }

                string name = further[i - parameters.Length];
                _reason ??= name.Length == 0 ? NoNumber : NamedHere;
                Add(name, value);
            }

            return true;
        }

        // A window of an odd height and a width of 2 is rare, and a stride of 2 is usual.
        private bool IsWindowAndStride(List<AttributeArgumentSyntax> positional) =>
            Number(positional[0]) is >= 3 and var height && height % 2 == 1 && Number(positional[1]) == 2
            && !attribute.ArgumentList!.Arguments.Any(argument =>
                argument.NameEquals?.Name.Identifier.ValueText is nameof(WindowAttribute.Stride)
                    or nameof(WindowAttribute.StrideHeight) or nameof(WindowAttribute.StrideWidth));

        private static int? Number(AttributeArgumentSyntax argument) =>
            argument.Expression is LiteralExpressionSyntax { Token.Value: int number } ? number : null;

        private bool ReadNamed(AttributeArgumentSyntax argument)
        {
            string written = (argument.NameEquals?.Name ?? argument.NameColon!.Name).Identifier.ValueText;
            string name = written.Replace("_", "").ToLowerInvariant();
            if (name == "activation")
            {
                return Text(argument.Expression) is { } text && ReadActivation(text);
            }

            if (argument.NameEquals is not null && char.IsUpper(written[0]))
            {
                _named.Add(argument.ToString());
                return true;
            }

            string value = argument.Expression.ToString();
            int parameter = Array.FindIndex(parameters, names => names.Contains(name));
            if (parameter >= 0)
            {
                bool isOurs = argument.NameColon is not null
                    && (written == parameters[parameter][0] || written == "kernelSize");
                _reason = isOurs ? _reason : _reason ?? OtherNames;
                bool isFirst = _values[parameter] is null;
                _values[parameter] = value;
                return isFirst;
            }

            if (Superfluous.Contains(name))
            {
                _reason ??= NoNumber;
                return true;
            }

            if (!Options.TryGetValue(name, out string? option))
            {
                return false;
            }

            _reason ??= OtherNames;
            if (option == nameof(WindowAttribute.PaddingSize) && Text(argument.Expression) is { } padding)
            {
                return padding.Equals("valid", StringComparison.OrdinalIgnoreCase) || ReadSame(padding);
            }

            Add(option, value);
            return true;
        }

        private bool ReadSame(string padding)
        {
            if (!padding.Equals("same", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            string name = attribute.Name.ToString();
            string qualifier = name.Substring(0, name.Length - attribute.Name.GetLastToken().Text.Length);
            _named.Add($"Padding = {qualifier}Padding.Same");
            return true;
        }

        private bool ReadActivation(string text)
        {
            if (_activation is not null || !Activations.TryGetValue(text, out _activation))
            {
                return false;
            }

            _reason ??= LayerOfItsOwn;
            return true;
        }

        // What is so by default need not be said.
        private void Add(string name, string value)
        {
            bool isDefault = (name, value) is (nameof(IBiasArguments.UseBias), "true")
                    or (nameof(WindowAttribute.PaddingSize), "0")
                || (name == nameof(WindowAttribute.Stride) && value == "1" && !Pools.Contains(kind));
            if (name.Length > 0 && !isDefault)
            {
                _named.Add($"{name} = {value}");
            }
        }

        private static string? Text(ExpressionSyntax expression) =>
            expression is LiteralExpressionSyntax { Token.Value: string text } ? text : null;
    }
}
