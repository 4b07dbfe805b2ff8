namespace ModelDsl.Kernels;

/// <summary>A window of stride 1 over planes, one for each channel.</summary>
/// <param name="Planes">The number of planes.</param>
/// <param name="KernelRows">The window's rows.</param>
/// <param name="KernelColumns">The window's columns.</param>
/// <param name="PlaneStep">The distance between two planes.</param>
/// <param name="RowStep">The distance between two of the window's rows.</param>
/// <param name="ColumnStep">The distance between two of the window's columns.</param>
internal readonly record struct PlaneWindow(
    int Planes, int KernelRows, int KernelColumns, nint PlaneStep, nint RowStep, nint ColumnStep);
