namespace ModelDsl.Compositions;

/// <summary>A random model.</summary>
/// <param name="Seed">What it was drawn from.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Source">The class and its blocks in C#.</param>
public sealed record ComposedModel(int Seed, string Name, string Source);
