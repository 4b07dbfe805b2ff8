namespace ModelDsl.Generator.Emission;

/// <summary>Writes the members that clip the gradient of each sample.</summary>
internal static class ClippingEmitter
{
    private const string Floats = "global::System.ReadOnlySpan<float>";

    /// <summary>The members with the code behind them.</summary>
    public static void Write(CodeWriter code, LoweredModel model)
    {
        foreach (BatchInput input in BatchInput.Of(model))
        {
            string summary = input.Source is null
                ? "/// <inheritdoc />"
                : $"/// <summary>As <see cref=\"ComputeClippedGradients(global::System.ReadOnlySpan{{float}}, "
                    + $"global::ModelDsl.Targets, float)\"/>, {input.Source}.</summary>";
            code.Line(
                $$"""
                {{summary}}
                {{GeneratedCode.Attribute}}
                public float ComputeClippedGradients(
                    {{input.Parameters}}, global::ModelDsl.Targets targets, float maxNorm)
                {
                    using var use = _modelState.UseToTrain();
                    return TrainClipped({{input.Load}}, targets, batch, maxNorm);
                }
                """);
            code.Separate();
        }

        code.Line(
            $$"""
            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public {{Floats}} {{ModelMembers.SampleNorms}} => _modelState.Clipping.Norms;
            """);
    }

    /// <summary>The members of a model that breaks a rule, by name only.</summary>
    public static void WriteBroken(CodeWriter code, bool isOfTokens)
    {
        code.Line(
            $$"""
            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public float ComputeClippedGradients({{Floats}} samples, global::ModelDsl.Targets targets, float maxNorm) =>
                throw Broken();

            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public {{Floats}} {{ModelMembers.SampleNorms}} => throw Broken();
            """);
        code.Separate();
        if (isOfTokens)
        {
            code.Line(
                $$"""
                /// <inheritdoc cref="Predict(global::System.ReadOnlySpan{float})" />
                {{GeneratedCode.Attribute}}
                public float ComputeClippedGradients(
                    global::System.ReadOnlySpan<int> tokens, global::ModelDsl.Targets targets, float maxNorm) => throw Broken();
                """);
            code.Separate();
        }
    }
}
