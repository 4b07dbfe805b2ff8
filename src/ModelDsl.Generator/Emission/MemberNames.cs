namespace ModelDsl.Generator.Emission;

/// <summary>
/// The names of the members that a model has because of its tensors and of the lists that its losses and kernels take.
/// </summary>
internal sealed class MemberNames
{
    private const string ListPrefix = "_list_";
    private const int MostInName = 8;

    private readonly Dictionary<TensorId, string> _tensors = [];
    private readonly Dictionary<TensorId, string> _gradients = [];
    private readonly Dictionary<(LayerPath Layer, string List), string> _lists = [];
    private readonly Dictionary<EquatableArray<int>, string> _integers = [];
    private readonly UniqueNames _names = new([]);

    /// <param name="parameters">The model's tensors.</param>
    /// <param name="losses">Its losses.</param>
    public MemberNames(IReadOnlyList<Parameter> parameters, IEnumerable<BoundLayer> losses)
    {
        // The author's own name for a layer stays as it is: what a path through blocks makes of the same letters is
        // numbered.
        foreach (Parameter parameter in parameters.OrderBy(parameter => parameter.Id.Layer.Depth))
        {
            _tensors.Add(parameter.Id, _names.Take(Member(parameter.Id)));
        }

        foreach (Parameter parameter in parameters.Where(parameter => parameter.IsTrainable))
        {
            _gradients.Add(parameter.Id, _names.Take(Of(parameter) + "Gradient"));
        }

        foreach (BoundLayer loss in losses)
        {
            foreach ((string list, _) in ((ILossDefinition)loss.Definition).ListsOf(loss))
            {
                _lists.Add((loss.Path, list), _names.Take($"_{UniqueNames.Of(loss.Path)}{list}"));
            }
        }

        Tensors = [.. parameters.Select(Of), .. _gradients.Values];
    }

    /// <summary>The names of a model's members.</summary>
    public static MemberNames Of(LoweredModel model) => new(model.Layout.Parameters, model.Heads.Select(head => head.Layer));

    /// <summary>
    /// The members that give the tensors, in the order of the parameters, then those of their gradients.
    /// </summary>
    public IReadOnlyList<string> Tensors { get; }

    /// <summary>The fields that hold the losses' lists.</summary>
    public IEnumerable<string> Lists => _lists.Values;

    /// <summary>The fields that hold the lists of integers that were asked for.</summary>
    public IEnumerable<(string Name, EquatableArray<int> Integers)> Integers =>
        _integers.Select(list => (list.Value, list.Key));

    /// <summary>The member that gives a tensor: <c>Repeat1_0_Dense1Weight</c>.</summary>
    public string Of(Parameter parameter) => _tensors[parameter.Id];

    /// <summary>The member that gives a tensor's gradient; none where it is not trained.</summary>
    public string? GradientOf(Parameter parameter) =>
        _gradients.TryGetValue(parameter.Id, out string? name) ? name : null;

    /// <summary>The field that holds a list of numbers of a loss.</summary>
    public string Of(BoundLayer loss, string list) => _lists[(loss.Path, list)];

    /// <summary>
    /// The field that holds a list of integers that kernels take: <c>_list_2_9_2</c>. Where the author's code is not
    /// optimized, each call would take memory from the collector for a list in its place.
    /// </summary>
    public string Of(EquatableArray<int> integers)
    {
        if (!_integers.TryGetValue(integers, out string? name))
        {
            bool isShort = integers.Count <= MostInName && integers.All(integer => integer >= 0);
            name = _names.Take(ListPrefix + (isShort ? string.Join("_", integers) : $"of_{integers.Count}"));
            _integers.Add(integers, name);
        }

        return name;
    }

    /// <summary>Whether a member's name is one that lists of integers have.</summary>
    public static bool IsList(string member) => member.StartsWith(ListPrefix, StringComparison.Ordinal);

    // A name of the author's may have several underscores in a row.
    private static string Member(TensorId tensor) =>
        string.Join("_", UniqueNames.Of(tensor).Split('_').Select(UniqueNames.Capitalized));
}
