using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes what a model has that keeps the outputs of its layers after a training step.</summary>
internal static class ActivationEmitter
{
    /// <summary>The property that says whether they are there.</summary>
    public const string HasActivations = "HasActivations";

    /// <summary>The method that gives one of them.</summary>
    public const string GetActivation = "GetActivation";

    /// <summary>The members with the code behind them.</summary>
    public static void Write(CodeWriter code) =>
        Write(code, "_modelState.Activations.AreThere", "_modelState.Activations[index]");

    /// <summary>The members of a model that breaks a rule, by name only.</summary>
    public static void WriteBroken(CodeWriter code)
    {
        Write(code, "throw Broken()", "throw Broken()");
        code.Separate();
    }

    /// <summary>The elements of the description's list of outputs.</summary>
    public static IEnumerable<string> Descriptions(LoweredModel model, MemoryPlan memory) =>
        model.Activations.Select(activation =>
            $"new({Literal.Of($"{activation.Layer.Path}")}, {Literal.Of(activation.Layer.Declaration.Text)}, "
                + $"{SurfaceEmitter.Shape(activation.Value.Shape)}, {memory.Offsets[activation.Value.Root]})");

    /// <summary>Notes that the outputs of a training batch are there.</summary>
    public static void WriteNote(CodeWriter code, MemoryPlan memory) =>
        code.Line($"_modelState.Activations.Note(batch, {memory.FixedFloats});");

    private static void Write(CodeWriter code, string areThere, string activation) =>
        code.Line(
            $$"""
            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public bool {{HasActivations}} => {{areThere}};

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::System.ReadOnlySpan<float> {{GetActivation}}(int index) => {{activation}};
            """);
}
