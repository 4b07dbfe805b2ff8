namespace ModelDsl;

/// <summary>
/// Which tensors a model takes from a file or from another model, and under which names they are found there: what
/// <see cref="ModelFile.LoadInto"/> and <see cref="ModelWeights.Copy"/> are told. Without any setting all tensors are
/// taken, each by its own name.
/// </summary>
/// <remarks>
/// A path is a layer or a tensor as files name it: <c>encoder</c> stands for <c>encoder.dense1.weight</c> and all
/// others
/// that begin with its steps, but not for <c>encoder2.dense1.weight</c>.
/// </remarks>
public sealed class WeightMap
{
    private readonly string? _block;
    private readonly ModelDescription? _source;

    /// <summary>Takes all tensors by their own names, unless a setting says otherwise.</summary>
    public WeightMap()
    {
    }

    private WeightMap(string block, ModelDescription source)
    {
        _block = block;
        _source = source;
    }

    /// <summary>
    /// The paths of what is taken, in the model that takes it. All other tensors stay as they are. Default: none, which
    /// means the whole model.
    /// </summary>
    public IReadOnlyCollection<string> Paths { get; init; } = [];

    /// <summary>
    /// For paths in the model that takes: the paths of the same layers or tensors where they are found. The longest
    /// that
    /// fits a tensor counts. Default: none, so that names are the same on both sides.
    /// </summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// Whether each tensor that the model is to take must be found. Else those that are not stay as they are, and the
    /// report lists them. Shapes must agree in any case. Default: true.
    /// </summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>
    /// Takes the tensors of a block that both models use, wherever it stands in each: the first use in the one model
    /// from the first use in the other, and so on.
    /// </summary>
    /// <param name="source">The description of the model whose tensors are taken: its <c>Architecture</c>.</param>
    /// <typeparam name="TBlock">The block's class, which is marked with [Block].</typeparam>
    /// <exception cref="ArgumentException">The block has no tensors in the model.</exception>
    public static WeightMap OfBlock<TBlock>(ModelDescription source)
        where TBlock : class
    {
        ArgumentNullException.ThrowIfNull(source);
        string block = NameOf(typeof(TBlock));
        return source.Blocks.Any(use => use.Type == block)
            ? new WeightMap(block, source)
            : throw new ArgumentException(
                $"expected a model with tensors of the block {block}, got {source.Name}, which has none", nameof(source));
    }

    /// <summary>
    /// The tensors that a model takes, and the name that each has at the source; null where it has no counterpart
    /// there.
    /// </summary>
    /// <exception cref="ArgumentException">A path stands for nothing in the model.</exception>
    internal IReadOnlyList<(ParameterDescription Parameter, string? Source)> Resolve(ModelDescription model)
    {
        List<(ParameterDescription, string?)> all = [];
        foreach (ParameterDescription parameter in model.Parameters)
        {
            bool isMeant = Paths.Count == 0 || Paths.Any(path => IsWithin(parameter.Name, path));
            if (isMeant && IsOfBlock(model, parameter.Name, out string? source))
            {
                all.Add((parameter, _block is null ? Renamed(parameter.Name) : source));
            }
        }

        foreach (string path in Paths.Concat(Names.Keys))
        {
            if (!model.Parameters.Any(parameter => IsWithin(parameter.Name, path)))
            {
                throw new ArgumentException(
                    $"expected the path of a layer or tensor of {model.Name}, got {PrintableText.Escape(path)}, which "
                        + "stands for none");
            }
        }

        return all.Count > 0
            ? all
            : throw new ArgumentException(
                $"expected a map of tensors of {model.Name}, got one that takes none of them");
    }

    // Whether the tensor belongs to the block, where one is given, and its name in the source.
    private bool IsOfBlock(ModelDescription model, string name, out string? source)
    {
        source = null;
        if (_block is null)
        {
            return true;
        }

        string[] paths = PathsOf(model);
        int use = Array.FindIndex(paths, path => IsWithin(name, path));
        if (use < 0)
        {
            return false;
        }

        string[] sources = PathsOf(_source!);
        source = use < sources.Length ? sources[use] + name[paths[use].Length..] : null;
        return true;
    }

    private string[] PathsOf(ModelDescription model) =>
        [.. model.Blocks.Where(use => use.Type == _block).Select(use => use.Path)];

    private string Renamed(string name)
    {
        string? longest = Names.Keys.Where(path => IsWithin(name, path)).MaxBy(path => path.Length);
        return longest is null ? name : Names[longest] + name[longest.Length..];
    }

    private static bool IsWithin(string name, string path) =>
        name.StartsWith(path, StringComparison.Ordinal) && (name.Length == path.Length || name[path.Length] == '.');

    // As the compiler writes it.
    private static string NameOf(Type type)
    {
        string? around = type.DeclaringType is { } outer ? NameOf(outer) : type.Namespace;
        return around is null ? type.Name : $"{around}.{type.Name}";
    }
}

/// <summary>What became of the tensors when a model took some from a file or from another model.</summary>
/// <param name="Taken">
/// The tensors that the model has taken, and their names at the source, in the model's order.
/// </param>
/// <param name="Left">The names of the tensors of the source that it has not taken.</param>
/// <param name="Missing">
/// The names of the tensors that it was to take and that were not found: they are as they were. Empty where the map is
/// strict.
/// </param>
public sealed record WeightsReport(
    ImmutableArray<TakenWeight> Taken, ImmutableArray<string> Left, ImmutableArray<string> Missing)
{
    /// <summary>
    /// The report in a line, such as <c>took 4 tensors; left 2: decoder.dense1.weight, decoder.dense1.bias</c>.
    /// </summary>
    public override string ToString()
    {
        string taken = Taken.Length == 1 ? "took 1 tensor" : $"took {Taken.Length} tensors";
        return $"{taken}{Listed("left", Left)}{Listed("missing", Missing)}";
    }

    private static string Listed(string what, ImmutableArray<string> names) => names.IsEmpty
        ? ""
        : $"; {what} {names.Length}: {string.Join(", ", names.Select(PrintableText.Escape))}";
}

/// <summary>A tensor that a model has taken.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Source">Its name where it was found.</param>
public sealed record TakenWeight(string Name, string Source);
