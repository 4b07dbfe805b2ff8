using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// Makes the code of the first copy of a repeated block that of all: numbers that differ from copy to copy become
/// elements of a table, and names lose the copy's number.
/// </summary>
/// <param name="section">The copies.</param>
internal sealed class CopyTemplate(RepeatedSection section)
{
    /// <summary>The parameter that holds the copy's part of the table.</summary>
    public const string Table = "at";

    private readonly List<Func<Correspondence, int>> _numbers = [];
    private int _foreign;

    /// <summary>The length of a copy's part of the table.</summary>
    public int Width => _numbers.Count;

    /// <summary>The copy that goes unnamed.</summary>
    public LayerPath Copy => section.Copies[0].Path;

    /// <summary>The rows of the table, one for each copy.</summary>
    public IEnumerable<IEnumerable<int>> Rows =>
        section.Copies.Select(copy => _numbers.Select(number => number(copy.FromFirst)));

    /// <summary>The expression for a number that each copy has for itself.</summary>
    /// <param name="number">The number of a copy, from what its values are to those of the first.</param>
    public string Number(Func<Correspondence, int> number)
    {
        _numbers.Add(number);
        return $"{Table}[{_numbers.Count - 1}]";
    }

    /// <summary>What a layer is called in a comment: without the number of the copy that it stands in.</summary>
    public string NameOf(LayerPath layer) =>
        UniqueNames.Of(layer, layer.OutermostCopy is { } copy && section.Block.Equals(copy.Parent) ? copy : null);

    /// <summary>What a value is best called: one of the copy's own without its number, another by its order.</summary>
    public string NameOf(TensorId tensor) =>
        tensor.Layer.IsWithin(Copy) ? UniqueNames.Of(tensor, Copy) : $"outer{++_foreign}";
}
