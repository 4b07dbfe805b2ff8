namespace ModelDsl.Generator.Emission;

/// <summary>
/// The members that a model's generated half has because of its layers; <see cref="GeneratedMembers"/> knows those of every model.
/// A test compares them with the members of generated code.
/// </summary>
internal static class ModelMembers
{
    private const string Floats = "System.ReadOnlySpan<float>";
    private const string Tokens = "System.ReadOnlySpan<int>";
    private const string Targets = "ModelDsl.Targets";
    private const string Memory = "ModelDsl.CompilerServices.FloatSpan";

    /// <summary>The gradient of the samples.</summary>
    public const string InputGradient = "InputGradient";

    /// <summary>The norms of the samples' gradients.</summary>
    public const string SampleNorms = "SampleNorms";

    /// <summary>What the gradients of a model of Float16 are multiplied by.</summary>
    public const string LossScale = "LossScale";

    /// <summary>The property that gives the outputs of a head: <c>DigitHeadOutputs</c>.</summary>
    public static string HeadOutputs(string head) => char.ToUpperInvariant(head[0]) + head.Substring(1) + "Outputs";

    /// <summary>The properties besides tensors: nothing else may have their names.</summary>
    public static IEnumerable<string> Values(ModelDeclaration declaration, IReadOnlyList<BoundLayer> layers)
    {
        if (declaration.HasInputGradient && ModelInputs.HasNumbers(layers))
        {
            yield return InputGradient;
        }

        if (declaration.KeepsActivations)
        {
            yield return ActivationEmitter.HasActivations;
        }

        if (declaration.HasChecks)
        {
            yield return ChecksEmitter.Separate;
            yield return ChecksEmitter.Poisoned;
        }

        if (declaration.ClipsSamples)
        {
            yield return SampleNorms;
        }

        if (declaration.Precision == Precision.Float16)
        {
            yield return LossScale;
        }

        BoundLayer last = layers[layers.Count - 1];
        if (last.Definition.TakesHeads)
        {
            yield return "HeadLosses";
            for (int head = 0; head < last.Declaration.TypeArguments.Count; head++)
            {
                yield return HeadOutputs(ModelInputs.NameOf(last.Declaration, head));
            }
        }
    }

    /// <summary>The methods, as <see cref="GeneratedMembers.Signature(string, IEnumerable{string})"/> writes them.</summary>
    public static IEnumerable<string> Methods(ModelDeclaration declaration, IReadOnlyList<BoundLayer> layers)
    {
        List<string[]> inputs = [];
        if (ModelInputs.Shape(layers).IsTokens)
        {
            inputs.Add([Tokens]);
        }

        if (ModelInputs.Named(layers) is { Count: > 0 } towers)
        {
            string[] spans = [.. towers.Select(tower => tower.Shape.IsTokens ? Tokens : Floats)];
            inputs.Add(spans);
            yield return GeneratedMembers.Signature("JoinInputs", spans.Append("ref int"));
            yield return GeneratedMembers.Signature("JoinSamples", spans);
        }

        foreach (string[] spans in inputs)
        {
            yield return GeneratedMembers.Signature("Predict", spans);
            yield return GeneratedMembers.Signature("ComputeLoss", spans.Append(Targets));
            yield return GeneratedMembers.Signature("ComputeGradients", spans.Append(Targets));
        }

        if (declaration.KeepsActivations)
        {
            yield return GeneratedMembers.Signature(ActivationEmitter.GetActivation, ["int"]);
        }

        if (declaration.ClipsSamples)
        {
            foreach (string[] spans in inputs.Prepend([Floats]))
            {
                yield return GeneratedMembers.Signature("ComputeClippedGradients", [.. spans, Targets, "float"]);
            }

            yield return GeneratedMembers.Signature("TrainClipped", [Memory, Targets, "int", "float"]);
        }

        if (!declaration.HasInputGradient)
        {
            yield break;
        }

        foreach (string[] spans in inputs.Prepend([Floats]))
        {
            yield return GeneratedMembers.Signature("Forward", spans);
        }

        yield return GeneratedMembers.Signature("Backward", [Floats, "bool"]);
        yield return GeneratedMembers.Signature("RunForward", [Memory, "int"]);
        yield return GeneratedMembers.Signature("TrainForward", [Memory, "int"]);
        yield return GeneratedMembers.Signature("TrainBackward", [Memory, "int"]);
    }
}
