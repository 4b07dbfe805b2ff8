namespace ModelDsl.Generator;

/// <summary>The generated half of one model.</summary>
/// <param name="HintName">The name of the generated file without its ending.</param>
/// <param name="Text">Its text.</param>
internal sealed record CompiledModel(string HintName, string Text);
