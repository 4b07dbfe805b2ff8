namespace ModelDsl.Generator.Emission;

/// <summary>
/// The names of the members that a model has because of its tensors and of the lists that its losses take.
/// </summary>
internal sealed class MemberNames
{
    private readonly Dictionary<TensorId, string> _tensors = [];
    private readonly Dictionary<TensorId, string> _gradients = [];
    private readonly Dictionary<(LayerPath Layer, string List), string> _lists = [];

    /// <param name="parameters">The model's tensors.</param>
    /// <param name="losses">Its losses.</param>
    public MemberNames(IReadOnlyList<Parameter> parameters, IEnumerable<BoundLayer> losses)
    {
        var names = new UniqueNames([]);

        // The author's own name for a layer stays as it is: what a path through blocks makes of the same letters is
        // numbered.
        foreach (Parameter parameter in parameters.OrderBy(parameter => parameter.Id.Layer.Depth))
        {
            _tensors.Add(parameter.Id, names.Take(Member(parameter.Id)));
        }

        foreach (Parameter parameter in parameters.Where(parameter => parameter.IsTrainable))
        {
            _gradients.Add(parameter.Id, names.Take(Of(parameter) + "Gradient"));
        }

        foreach (BoundLayer loss in losses)
        {
            foreach ((string list, _) in ((ILossDefinition)loss.Definition).ListsOf(loss))
            {
                _lists.Add((loss.Path, list), names.Take($"_{UniqueNames.Of(loss.Path)}{list}"));
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

    /// <summary>The member that gives a tensor: <c>Repeat1_0_Dense1Weight</c>.</summary>
    public string Of(Parameter parameter) => _tensors[parameter.Id];

    /// <summary>The member that gives a tensor's gradient; none where it is not trained.</summary>
    public string? GradientOf(Parameter parameter) =>
        _gradients.TryGetValue(parameter.Id, out string? name) ? name : null;

    /// <summary>The field that holds a list of numbers of a loss.</summary>
    public string Of(BoundLayer loss, string list) => _lists[(loss.Path, list)];

    // A name of the author's may have several underscores in a row.
    private static string Member(TensorId tensor) =>
        string.Join("_", UniqueNames.Of(tensor).Split('_').Select(UniqueNames.Capitalized));
}
