using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Shapes;

/// <summary>A place within the blocks of a layer, for pointing at it.</summary>
/// <param name="Path">
/// The way there: the number of a layer in its block, then that of its type argument, then of a layer in that block, and so
/// on. Seen from a model's own layer the way begins with a type argument.
/// </param>
/// <param name="Argument">The argument that is meant; null where it is the whole attribute.</param>
internal sealed record InnerPlace(EquatableArray<int> Path, string? Argument)
{
    /// <summary>The same place, seen from a layer further out.</summary>
    public InnerPlace Within(IEnumerable<int> path) => this with { Path = path.Concat(Path).ToEquatableArray() };
}
