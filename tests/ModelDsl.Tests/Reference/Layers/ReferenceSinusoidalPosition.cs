namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceSinusoidalPosition : IReferenceLayer<SinusoidalPositionAttribute>
{
    private readonly int _steps;
    private readonly int _width;

    public ReferenceSinusoidalPosition(ReferenceContext context) => (_steps, _width) = (context.Shape[0], context.Shape[1]);

    public double[] Forward(double[] input, int batch) => [.. input.Select((x, index) => x + Wave(index / _width % _steps, index % _width))];

    private double Wave(int step, int feature)
    {
        double angle = step / Math.Pow(10000, 2.0 * (feature / 2) / _width);
        return feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
    }
}
