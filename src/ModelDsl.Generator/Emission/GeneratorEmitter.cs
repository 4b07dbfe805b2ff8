using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes the public members of a model that continues sequences token by token.</summary>
internal static class GeneratorEmitter
{
    public static void Write(CodeWriter code, StepProgram step, ExecutionPlan plan)
    {
        string context = step.ContextLength is { } length ? $"{length}" : "null";
        string padding = step.Padding is { } token ? $", padding: {token}" : "";
        int arena = plan.Memory.FixedFloats + plan.Memory.FloatsPerSample;
        code.Separate();
        code.Line(
            $$"""
            /// <inheritdoc />
            {{GeneratedCode.Attribute}}
            public global::ModelDsl.TokenGenerator CreateGenerator() =>
                new(InferStep, vocabulary: {{step.Output.Shape.Columns}}, contextLength: {{context}}, keptFloats: {{plan.Memory.FixedFloats}}, arenaFloats: {{arena}}{{padding}});

            /// <summary>
            /// Continues a prompt, one token after the other. A <see cref="global::ModelDsl.TokenGenerator"/> of
            /// <see cref="CreateGenerator()"/> does the same for a sequence that goes on later.
            /// </summary>
            /// <param name="prompt">At least one token.</param>
            /// <param name="count">The number of tokens to draw.</param>
            /// <param name="sampler">What draws them.</param>
            /// <exception cref="global::System.ArgumentException">The prompt is empty, or a token is out of range.</exception>
            /// <exception cref="global::System.ArgumentOutOfRangeException">The count is negative.</exception>
            {{GeneratedCode.Attribute}}
            public global::System.Collections.Generic.IEnumerable<int> Generate(
                global::System.ReadOnlySpan<int> prompt, int count, global::ModelDsl.TokenSampler sampler) =>
                CreateGenerator().Generate(prompt, count, sampler);
            """);
    }
}
