using System.Globalization;

namespace ModelDsl.Generator.Shapes;

/// <summary>
/// The way to a layer through the blocks around it: the names of the layers, the numbers of the copies, the letters of
/// the branches. Two paths are one where all their steps are; how a path is written down decides nothing.
/// </summary>
internal sealed class LayerPath : IEquatable<LayerPath>
{
    private readonly int _hash;

    private LayerPath(LayerPath? parent, string name, int? copy)
    {
        (Parent, Name, Copy) = (parent, name, copy);
        _hash = unchecked((((parent?._hash ?? 17) * 31) + StringComparer.Ordinal.GetHashCode(name)) * 31) + (copy ?? -1);
    }

    /// <summary>The model itself, where all paths begin.</summary>
    public static LayerPath Model { get; } = new(null, "", null);

    /// <summary>What the last step leads out of; null for the model.</summary>
    public LayerPath? Parent { get; }

    /// <summary>The last step: the name of a layer or branch; empty where it leads into a copy.</summary>
    public string Name { get; }

    /// <summary>The number of the copy that the last step leads into; null where it does not.</summary>
    public int? Copy { get; }

    /// <summary>
    /// What the author calls the layer's output in a method; null where it has no name. It is for people, and no part
    /// of what the path is.
    /// </summary>
    public string? Local { get; private init; }

    /// <summary>The number of steps.</summary>
    public int Depth => Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>
    /// The outermost copy of a repeated block that the path leads through; null where it leads through none.
    /// </summary>
    public LayerPath? OutermostCopy => Parent?.OutermostCopy ?? (Copy is null ? null : this);

    /// <summary>The path of a layer or branch within this one.</summary>
    public LayerPath Then(string name) => new(this, name, null);

    /// <summary>The same path with the name that the author has for the layer's output.</summary>
    public LayerPath Called(string? local) => local is null ? this : new LayerPath(Parent, Name, Copy) { Local = local };

    /// <summary>The path of a copy of a repeated block within this one.</summary>
    public LayerPath ThenCopy(int number) => new(this, "", number);

    /// <summary>The path that an author writes as <c>repeat1.0.dense1</c>, seen from this one.</summary>
    public LayerPath Then(IEnumerable<string> steps)
    {
        LayerPath path = this;
        foreach (string step in steps)
        {
            path = int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int copy) ? path.ThenCopy(copy) : path.Then(step);
        }

        return path;
    }

    /// <summary>
    /// The same layer's path in whatever copy it stands: without the step into <paramref name="copy"/>.
    /// </summary>
    public LayerPath Without(LayerPath copy) => Parent is null
        ? this
        : Equals(copy) ? Parent : new LayerPath(Parent.Without(copy), Name, Copy) { Local = Local };

    /// <summary>Whether this is the other path or leads through it.</summary>
    public bool IsWithin(LayerPath other) => Equals(other) || (Parent?.IsWithin(other) ?? false);

    /// <summary>The steps with a separator, as in <c>repeat1.0.dense1</c>.</summary>
    public string ToString(string separator)
    {
        string step = Copy is { } number ? number.ToString(CultureInfo.InvariantCulture) : Name;
        return Parent is null || Parent.Parent is null ? step : Parent.ToString(separator) + separator + step;
    }

    public override string ToString() => ToString(".");

    public bool Equals(LayerPath? other) => ReferenceEquals(this, other)
        || (other is not null
            && _hash == other._hash
            && Copy == other.Copy
            && Name == other.Name
            && (Parent is null ? other.Parent is null : Parent.Equals(other.Parent)));

    public override bool Equals(object? obj) => Equals(obj as LayerPath);

    public override int GetHashCode() => _hash;
}
