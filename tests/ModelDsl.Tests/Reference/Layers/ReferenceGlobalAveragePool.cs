namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceGlobalAveragePool : IReferenceLayer<GlobalAveragePoolAttribute>
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly ReferenceContext _context;

    public ReferenceGlobalAveragePool(ReferenceContext context)
    {
        _context = context;
        _columns = context.Shape[^1];
        _rows = context.Count / _columns;
        context.Shape = [_columns];
    }

    public double[] Forward(double[] input, int batch)
    {
        // Behind a layer that changes the number of steps there is no padding.
        bool[] isPadding = _context.IsPadding.Length == batch * _rows ? _context.IsPadding : new bool[batch * _rows];
        return
        [
            .. from sample in Enumerable.Range(0, batch)
               from column in Enumerable.Range(0, _columns)
               select Enumerable.Range(sample * _rows, _rows).Where(row => !isPadding[row])
                   .Select(row => input[(row * _columns) + column]).DefaultIfEmpty(0).Average(),
        ];
    }
}
